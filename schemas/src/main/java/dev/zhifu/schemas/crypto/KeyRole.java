package dev.zhifu.schemas.crypto;

/** What the owner of a key may do with it. */
public enum KeyRole {
  /** Signs orders; the engine. */
  ENGINE,
  /** Signs officer acts and authorises single orders; a duty officer. */
  OFFICER,
  /** As OFFICER, and publishes standing authorisations; the head who answers for them. */
  AUTHORISING_OFFICER,
  /** Signs rule publications. */
  RULE_APPROVER,
  /** Opens the account ciphertexts addressed to one bank; signs nothing. */
  BANK_ENCRYPTION;

  /** True when a key of this role may sign officer acts. */
  public boolean signsActs() {
    return this == OFFICER || this == AUTHORISING_OFFICER;
  }
}
