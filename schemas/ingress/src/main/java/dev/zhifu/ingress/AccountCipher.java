package dev.zhifu.ingress;

import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.Sm4;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One account ciphertext taken apart: version, key id, wrapped data key, nonce, sealed text. Its
 * layout is in {@code docs/identity.md}.
 *
 * @param keyId the bank's encryption key
 * @param wrappedKey the data key, SM2-encrypted to that key
 * @param nonce nonce of this account
 * @param sealed name and number under the data key
 */
record AccountCipher(String keyId, byte[] wrappedKey, byte[] nonce, byte[] sealed) {
  private static final int VERSION = 1;

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(keyId);
      out.writeShort(wrappedKey.length);
      out.write(wrappedKey);
      out.write(nonce);
      out.write(sealed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static AccountCipher parse(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new CryptoException(
            "An account ciphertext of version " + version + " is not read here; version 1 is");
      }
      String keyId = in.readUTF();
      byte[] wrapped = in.readNBytes(in.readUnsignedShort());
      byte[] nonce = in.readNBytes(Sm4.NONCE_BYTES);
      byte[] sealed = in.readAllBytes();
      if (nonce.length < Sm4.NONCE_BYTES || sealed.length < Sm4.TAG_BYTES) {
        throw new CryptoException("An account ciphertext is cut short");
      }
      return new AccountCipher(keyId, wrapped, nonce, sealed);
    } catch (IOException e) {
      throw new CryptoException("An account ciphertext is cut short or not one at all", e);
    }
  }

  /**
   * What the tag binds beside the text: key and account token, so that no cipher moves to another.
   */
  static byte[] bound(String keyId, String accountToken) {
    return ("zhifu-account-v1\0" + keyId + '\0' + accountToken).getBytes(StandardCharsets.UTF_8);
  }

  static byte[] textOf(ClearAccount clear) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(clear.name());
      out.writeUTF(clear.number());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static ClearAccount accountOf(byte[] text) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(text))) {
      return new ClearAccount(in.readUTF(), in.readUTF());
    } catch (IOException e) {
      throw new CryptoException("The text of an account ciphertext is not a name and a number", e);
    }
  }
}
