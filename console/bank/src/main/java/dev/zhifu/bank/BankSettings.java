package dev.zhifu.bank;

import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyFile;
import dev.zhifu.wire.Environment;
import java.nio.file.Path;
import java.util.List;

/**
 * Who this bank is and what it trusts.
 *
 * @param bank code of the bank
 * @param environment the environment it belongs to; orders of any other are refused
 * @param directory its own copy of the key directory
 * @param encryptionKeys its keys that open account ciphertexts, the present one and those before it
 * @param toleranceSeconds how far the transfer's time may be off, 0 to 120; 0 is the default and a
 *     larger one the bank's documented policy
 * @param ledger file of everything executed, JSON lines
 */
public record BankSettings(
    String bank,
    Environment environment,
    KeyDirectory directory,
    List<KeyFile> encryptionKeys,
    int toleranceSeconds,
    Path ledger) {
  private static final int TOLERANCE_SECONDS_MAX = 120;

  /** Checks the tolerance. */
  public BankSettings {
    if (toleranceSeconds < 0 || toleranceSeconds > TOLERANCE_SECONDS_MAX) {
      throw new IllegalArgumentException(
          "toleranceSeconds is " + toleranceSeconds + "; it lies between 0 and 120");
    }
    encryptionKeys = List.copyOf(encryptionKeys);
  }
}
