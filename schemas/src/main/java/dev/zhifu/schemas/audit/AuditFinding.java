package dev.zhifu.schemas.audit;

/**
 * Something wrong with the audit, and where.
 *
 * @param kind what is wrong
 * @param chain the chain; "roots" for the roots themselves
 * @param sequence place in it; the first that is wrong
 * @param words the value, the rule broken, what to look at
 */
public record AuditFinding(Kind kind, String chain, long sequence, String words) {

  /** Kinds of faults. */
  public enum Kind {
    /** An entry's hash is not that of its content: something in it was changed. */
    CHANGED_ENTRY,
    /** An entry does not follow from the one before. */
    BROKEN_LINK,
    /** Entries between two others are missing. */
    GAP,
    /** A chain ends before what a signed root says. */
    TRUNCATED,
    /** A chain that a signed root names is not there at all. */
    MISSING_CHAIN,
    /** Two different entries at one place, or a chain that is not the one that was signed. */
    FORK,
    /** The same entry twice. */
    DOUBLED,
    /** A root's signature does not hold. */
    BAD_SIGNATURE,
    /** Roots are missing or do not follow from each other. */
    ROOT_GAP,
    /** A root that is not over the heads that it lists. */
    BAD_ROOT
  }

  @Override
  public String toString() {
    return kind + " at " + chain + ":" + sequence + ": " + words;
  }
}
