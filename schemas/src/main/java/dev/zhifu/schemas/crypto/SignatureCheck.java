package dev.zhifu.schemas.crypto;

/**
 * Whether a signature holds.
 *
 * @param holds true when key, role, environment, validity and signature are all right
 * @param sentence what was found, for logs and receipts; never contains a secret
 */
public record SignatureCheck(boolean holds, String sentence) {
  static SignatureCheck good(KeyEntry key) {
    return new SignatureCheck(
        true, "signed by " + key.owner() + " with " + key.environment() + " key " + key.keyId());
  }

  static SignatureCheck bad(String sentence) {
    return new SignatureCheck(false, sentence);
  }
}
