package dev.zhifu.schemas.crypto;

/** What the owner of a key may do with it. */
public enum KeyRole {
  /** Signs orders; the engine. */
  ENGINE,
  /** Signs officer acts and authorises single orders; a duty officer. */
  OFFICER,
  /** As OFFICER, and publishes standing authorisations; the head who answers for them. */
  AUTHORISING_OFFICER,
  /** As AUTHORISING_OFFICER, and decides what the law leaves to the head at city level. */
  CITY_HEAD,
  /** Signs acts of the legal office, and no other; no other key signs those. */
  LEGAL_REVIEWER,
  /** Signs the text of rules, and publications in shadow. */
  RULE_AUTHOR,
  /** As RULE_AUTHOR, and signs rule publications and limits on rules. */
  RULE_APPROVER,
  /** Opens the account ciphertexts addressed to one bank; signs nothing. */
  BANK_ENCRYPTION;

  /** True when a key of this role may sign officer acts. */
  public boolean signsActs() {
    return this == OFFICER || authorises();
  }

  /** True when a key of this role may sign what a head decides. */
  public boolean authorises() {
    return this == AUTHORISING_OFFICER || this == CITY_HEAD;
  }

  /** True when a key of this role may sign the text of a rule. */
  public boolean signsRules() {
    return this == RULE_AUTHOR || this == RULE_APPROVER;
  }
}
