package dev.zhifu.ingress;

/** What the vault opens a token for; there is no other ground. */
public enum VaultPurpose {
  /** Calling or visiting a likely victim. */
  WARNING,
  /** Writing the papers of an order or a refund. */
  PAPERS,
  /** Filling in the statutory platform's message. */
  PLATFORM,
  /** An officer's look at one identity of a case, or one scan of a report, at the desk. */
  DESK
}
