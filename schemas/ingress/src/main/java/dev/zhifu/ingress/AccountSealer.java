package dev.zhifu.ingress;

import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyEntry;
import dev.zhifu.schemas.crypto.KeyRole;
import dev.zhifu.schemas.crypto.Sm2;
import dev.zhifu.schemas.crypto.Sm4;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Encrypts an account's clear name and number to the bank that holds it. SM4-GCM under a random
 * data key, which SM2 wraps to the bank's key; a data key serves {@value #ACCOUNTS_PER_DATA_KEY}
 * accounts of one bank, so that sealing costs microseconds. A ciphertext is made once per account
 * as it is stated and bank key, and kept while the bounded cache holds it: the same account looks
 * the same on the topic, and under a corrected name it looks another. Safe for use by several
 * threads.
 */
public final class AccountSealer {
  /** Accounts sealed under one data key; far below what random nonces allow (2^32). */
  public static final int ACCOUNTS_PER_DATA_KEY = 65_536;

  private final KeyDirectory directory;
  private final SecureRandom random;
  private final Bounded<Stated, ByteBuffer> made;
  private final Map<String, DataKey> current = new HashMap<>();

  /**
   * @param directory lists the banks' encryption keys; of several for one bank the last listed
   *     counts
   * @param random source of data keys and nonces
   * @param cacheMax most ciphertexts kept, about 300 bytes each
   */
  public AccountSealer(KeyDirectory directory, SecureRandom random, int cacheMax) {
    this.directory = directory;
    this.random = random;
    this.made = new Bounded<>(cacheMax);
  }

  /**
   * The ciphertext of one account, read-only.
   *
   * @param bank code of the account-holding bank
   * @param accountToken token of the account; the ciphertext opens only together with it
   * @throws CryptoException if the directory lists no encryption key of that bank
   */
  public synchronized ByteBuffer seal(String bank, String accountToken, ClearAccount clear) {
    KeyEntry key = keyOf(bank);
    return made.computeIfAbsent(
            new Stated(key.keyId(), accountToken, clear), unseen -> make(key, accountToken, clear))
        .duplicate();
  }

  private ByteBuffer make(KeyEntry key, String accountToken, ClearAccount clear) {
    DataKey dataKey = current.compute(key.keyId(), (id, old) -> usable(old) ? old : fresh(key));
    dataKey.used++;
    byte[] nonce = bytes(Sm4.NONCE_BYTES);
    byte[] bound = AccountCipher.bound(key.keyId(), accountToken);
    byte[] sealed = Sm4.seal(dataKey.key, nonce, bound, AccountCipher.textOf(clear));
    AccountCipher cipher = new AccountCipher(key.keyId(), dataKey.wrapped, nonce, sealed);
    return ByteBuffer.wrap(cipher.toBytes()).asReadOnlyBuffer();
  }

  private KeyEntry keyOf(String bank) {
    List<KeyEntry> keys = directory.of(KeyRole.BANK_ENCRYPTION, bank);
    if (keys.isEmpty()) {
      throw new CryptoException(
          "The key directory lists no BANK_ENCRYPTION key of bank "
              + bank
              + ": without one no order to it can carry name and number");
    }
    return keys.get(keys.size() - 1);
  }

  private static boolean usable(DataKey key) {
    return key != null && key.used < ACCOUNTS_PER_DATA_KEY;
  }

  private DataKey fresh(KeyEntry bankKey) {
    byte[] key = bytes(Sm4.KEY_BYTES);
    return new DataKey(key, Sm2.encrypt(bankKey.publicKey(), key, random));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private record Stated(String keyId, String accountToken, ClearAccount clear) {}

  private static final class DataKey {
    private final byte[] key;
    private final byte[] wrapped;
    private int used;

    DataKey(byte[] key, byte[] wrapped) {
      this.key = key;
      this.wrapped = wrapped;
    }
  }
}
