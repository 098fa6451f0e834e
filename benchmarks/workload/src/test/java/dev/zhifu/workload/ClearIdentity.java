package dev.zhifu.workload;

import java.nio.ByteBuffer;

/** Tokens from which a test reads the account number again: its digits behind zeros. */
final class ClearIdentity implements Identity {
  private final HashIdentity others = new HashIdentity();

  static String numberOf(String accountToken) {
    return accountToken.substring(accountToken.length() - 19);
  }

  @Override
  public String account(String bank, String number) {
    return "0".repeat(32 - number.length()) + number;
  }

  @Override
  public String holder(String identityNumber) {
    return others.holder(identityNumber);
  }

  @Override
  public String number(String msisdn) {
    return others.number(msisdn);
  }

  @Override
  public String device(String deviceId) {
    return others.device(deviceId);
  }

  @Override
  public String address(String ip) {
    return others.address(ip);
  }

  @Override
  public ByteBuffer cipher(String bank, String token, String name, String number) {
    return null;
  }
}
