package dev.zhifu.schemas.topics;

import java.util.List;

/** A topic table is wrong; carries every fault, each with its line. */
public final class TopicTableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /**
   * One fault.
   *
   * @param line line in the file, from 1
   * @param message what is wrong and what would be right
   */
  public record Fault(int line, String message) {}

  TopicTableException(String file, List<Fault> faults) {
    super(describe(file, faults));
    this.faults = List.copyOf(faults);
  }

  /** All faults, in the order of lines. */
  public List<Fault> faults() {
    return faults;
  }

  private static String describe(String file, List<Fault> faults) {
    StringBuilder text =
        new StringBuilder().append(faults.size()).append(" fault(s) in ").append(file);
    for (Fault fault : faults) {
      text.append(System.lineSeparator())
          .append(file)
          .append(':')
          .append(fault.line())
          .append(": ")
          .append(fault.message());
    }
    return text.toString();
  }
}
