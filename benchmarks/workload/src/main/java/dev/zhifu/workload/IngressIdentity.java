package dev.zhifu.workload;

import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.ingress.Tokens;
import java.nio.ByteBuffer;

/**
 * The centre's own ingress: its tokens, and ciphertext that only the account-holding bank opens.
 */
public final class IngressIdentity implements Identity {
  private final Tokens tokens;
  private final AccountSealer sealer;

  /**
   * @param tokens keyed-hash tokens
   * @param sealer knows the banks' public keys; the city's banks are B01 to B12
   */
  public IngressIdentity(Tokens tokens, AccountSealer sealer) {
    this.tokens = tokens;
    this.sealer = sealer;
  }

  @Override
  public String account(String bank, String number) {
    return tokens.account(bank, number);
  }

  @Override
  public String holder(String identityNumber) {
    return tokens.holder(identityNumber);
  }

  @Override
  public String number(String msisdn) {
    return tokens.number(msisdn);
  }

  @Override
  public String device(String deviceId) {
    return tokens.device(deviceId);
  }

  @Override
  public String address(String ip) {
    return tokens.address(ip);
  }

  @Override
  public ByteBuffer cipher(String bank, String token, String name, String number) {
    return sealer.seal(bank, token, new ClearAccount(name, number));
  }
}
