package dev.zhifu.workload;

import java.nio.ByteBuffer;

/**
 * What the ingress does to identities on their way in: tokens for all, ciphertext for the
 * account-holding bank.
 */
public interface Identity {
  /** Token of an account, 32 lower-case hex digits. */
  String account(String bank, String number);

  /** Token of a person or company by its identity number. */
  String holder(String identityNumber);

  /** Token of a telephone number. */
  String number(String msisdn);

  /** Token of a device. */
  String device(String deviceId);

  /** Token of a network address. */
  String address(String ip);

  /**
   * Clear name and number encrypted to the account-holding bank, or null where no ciphertext is
   * made. Called at most once an account and run.
   *
   * @param token the account's token, as {@link #account} gives it
   */
  ByteBuffer cipher(String bank, String token, String name, String number);
}
