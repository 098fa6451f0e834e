package dev.zhifu.ingress;

/** What a token stands for; the same text under two kinds gives two tokens that nobody can join. */
public enum TokenKind {
  /** An account: institution code and number. */
  ACCOUNT,
  /** A person or company: the number of the identity document or registration. */
  HOLDER,
  /** A subscriber's number. */
  NUMBER,
  /** A device. */
  DEVICE,
  /** A network address. */
  ADDRESS,
  /** A person's or company's name: for looking up alone, on no topic and in no vault. */
  NAME
}
