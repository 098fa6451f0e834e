package dev.zhifu.jobs.settings;

import java.util.List;

/** A settings file that cannot be used; names every problem at once. */
public final class SettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  SettingsException(String file, List<String> problems) {
    super(file + ": " + problems.size() + " problem(s)\n  - " + String.join("\n  - ", problems));
  }
}
