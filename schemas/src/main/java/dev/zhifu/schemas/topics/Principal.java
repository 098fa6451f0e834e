package dev.zhifu.schemas.topics;

/**
 * Who may stand in the table.
 *
 * @param name name on the broker without {@code User:}; <code>bank-{bank}</code> stands for one per
 *     bank
 * @param what what it is, one sentence
 * @param demoOnly whether it exists in demo and drill alone
 * @param describesAll whether it sees offsets and backlog of every topic and group, without reading
 *     records
 */
public record Principal(String name, String what, boolean demoOnly, boolean describesAll) {

  /** Whether there is one such principal per bank. */
  public boolean perBank() {
    return name.contains(Topic.BANK);
  }
}
