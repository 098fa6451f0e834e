package dev.zhifu.ingress;

/** The vault does not answer; the message says why. The attempt is in the audit. */
public final class VaultRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VaultRefusedException(String why) {
    super("The vault refuses: " + why);
  }
}
