package dev.zhifu.ingress;

import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.KeyFile;
import dev.zhifu.schemas.crypto.Sm2;
import dev.zhifu.schemas.crypto.Sm2PrivateKey;
import dev.zhifu.schemas.crypto.Sm4;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bank's side of {@link AccountSealer}. Not for use by two threads. */
public final class AccountOpener {
  private static final int DATA_KEYS_MAX = 64;

  private final Map<String, Sm2PrivateKey> keys = new HashMap<>();
  private final Bounded<ByteBuffer, byte[]> dataKeys = new Bounded<>(DATA_KEYS_MAX);

  /**
   * @param keys the bank's encryption keys, the present one and those before it
   */
  public AccountOpener(List<KeyFile> keys) {
    keys.forEach(file -> this.keys.put(file.keyId(), file.key()));
  }

  /**
   * Opens one ciphertext.
   *
   * @param accountToken the account's token, as the message names it
   * @throws CryptoException if it is for another bank, belongs to another account, or was changed
   */
  public ClearAccount open(ByteBuffer cipher, String accountToken) {
    byte[] bytes = new byte[cipher.remaining()];
    cipher.duplicate().get(bytes);
    AccountCipher parts = AccountCipher.parse(bytes);
    Sm2PrivateKey key = keys.get(parts.keyId());
    if (key == null) {
      throw new CryptoException(
          "This ciphertext is for key " + parts.keyId() + "; here are " + keys.keySet());
    }
    byte[] dataKey =
        dataKeys.computeIfAbsent(
            ByteBuffer.wrap(parts.wrappedKey()), wrapped -> Sm2.decrypt(key, wrapped.array()));
    byte[] bound = AccountCipher.bound(parts.keyId(), accountToken);
    return AccountCipher.accountOf(Sm4.open(dataKey, parts.nonce(), bound, parts.sealed()));
  }
}
