package dev.zhifu.rules.lives.directory;

import java.util.List;

/** A directory file that cannot be used; the message lists every fault. */
public final class DirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DirectoryException(String file, List<String> faults) {
    super(file + " cannot be used:\n  " + String.join("\n  ", faults));
  }
}
