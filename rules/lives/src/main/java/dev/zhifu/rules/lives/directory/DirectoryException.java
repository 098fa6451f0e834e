package dev.zhifu.rules.lives.directory;

import java.util.List;

/** A directory file that cannot be used; the message lists every fault. */
public final class DirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  DirectoryException(String file, List<String> faults) {
    super(file + " cannot be used:\n  " + String.join("\n  ", faults));
    this.faults = List.copyOf(faults);
  }

  /** Each fault: entry, rule broken, way out. */
  public List<String> faults() {
    return faults;
  }
}
