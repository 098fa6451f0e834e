package dev.zhifu.ingress;

import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.Sm4;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The vault's entries on disk, append-only. An entry: length (4 bytes), token (32 hex digits),
 * nonce, SM4-GCM of the identity bound to the token and the entry's position, so that no entry can
 * be exchanged for another. Tokens lie open, since they say nothing without the token key.
 */
final class VaultFile implements AutoCloseable {
  private static final int TOKEN_CHARS = 32;

  private final RandomAccessFile file;
  private final byte[] key;
  private final SecureRandom random;
  private final Map<String, Long> offsets = new HashMap<>();

  VaultFile(Path path, byte[] key, SecureRandom random) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "rw");
    this.key = key.clone();
    this.random = random;
    index();
  }

  boolean contains(String token) {
    return offsets.containsKey(token);
  }

  ClearIdentity read(String token) {
    try {
      long offset = offsets.get(token);
      file.seek(offset);
      byte[] body = new byte[file.readInt()];
      file.readFully(body);
      byte[] nonce = new byte[Sm4.NONCE_BYTES];
      byte[] sealed = new byte[body.length - TOKEN_CHARS - nonce.length];
      System.arraycopy(body, TOKEN_CHARS, nonce, 0, nonce.length);
      System.arraycopy(body, TOKEN_CHARS + nonce.length, sealed, 0, sealed.length);
      return identityOf(Sm4.open(key, nonce, bound(token, offset), sealed));
    } catch (IOException e) {
      throw new UncheckedIOException("The vault's file cannot be read", e);
    }
  }

  /** Nonce and SM4-GCM of what lies outside of this file, bound to its token. */
  byte[] seal(String token, byte[] clear) {
    byte[] nonce = new byte[Sm4.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = Sm4.seal(key, nonce, outside(token), clear);
    byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
    return all;
  }

  /** The clear bytes of what was sealed under this token. */
  byte[] unseal(String token, byte[] sealed) {
    if (sealed.length < Sm4.NONCE_BYTES + Sm4.TAG_BYTES) {
      throw new CryptoException("What was sealed under " + token + " is cut short");
    }
    return Sm4.open(
        key,
        Arrays.copyOf(sealed, Sm4.NONCE_BYTES),
        outside(token),
        Arrays.copyOfRange(sealed, Sm4.NONCE_BYTES, sealed.length));
  }

  void append(String token, ClearIdentity identity) {
    try {
      long offset = file.length();
      byte[] nonce = new byte[Sm4.NONCE_BYTES];
      random.nextBytes(nonce);
      byte[] sealed = Sm4.seal(key, nonce, bound(token, offset), textOf(identity));
      ByteArrayOutputStream entry = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(entry);
      out.writeInt(TOKEN_CHARS + nonce.length + sealed.length);
      out.writeBytes(token);
      out.write(nonce);
      out.write(sealed);
      file.seek(offset);
      file.write(entry.toByteArray());
      offsets.put(token, offset);
    } catch (IOException e) {
      throw new UncheckedIOException("The vault's file cannot be written", e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Reads where each token lies; an entry cut short by a crash while it was written is cut off. */
  private void index() throws IOException {
    long offset = 0;
    long end = file.length();
    while (offset < end) {
      file.seek(offset);
      long next = offset + Integer.BYTES + lengthAt(end - offset);
      if (next > end || next <= offset) {
        file.setLength(offset);
        return;
      }
      byte[] token = new byte[TOKEN_CHARS];
      file.readFully(token);
      offsets.put(new String(token, StandardCharsets.US_ASCII), offset);
      offset = next;
    }
  }

  private long lengthAt(long left) throws IOException {
    if (left < Integer.BYTES + TOKEN_CHARS + Sm4.NONCE_BYTES + Sm4.TAG_BYTES) {
      return left;
    }
    try {
      return file.readInt();
    } catch (EOFException e) {
      return left;
    }
  }

  private static byte[] bound(String token, long offset) {
    return ("zhifu-vault-v1\0" + token + '\0' + offset).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] outside(String token) {
    return ("zhifu-vault-outside-v1\0" + token).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] textOf(ClearIdentity identity) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(text);
    out.writeUTF(identity.kind().name());
    out.writeUTF(identity.name());
    out.writeUTF(identity.value());
    return text.toByteArray();
  }

  private static ClearIdentity identityOf(byte[] text) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(text))) {
      return new ClearIdentity(TokenKind.valueOf(in.readUTF()), in.readUTF(), in.readUTF());
    } catch (EOFException e) {
      throw new CryptoException("An entry of the vault is cut short", e);
    }
  }
}
