package dev.zhifu.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.settings.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The settings in docs/operating.md are those that the job reads; {@code -Dsettings.write=true}
 * writes the table anew.
 */
class SettingsTableTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "operating.md");
  private static final String BEGIN = "<!-- settings:begin -->\n";
  private static final String END = "<!-- settings:end -->";

  @Test
  void theTableInTheDocumentIsTheJobs() throws IOException {
    String text = Files.readString(DOCUMENT);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    assertThat(begin)
        .as("docs/operating.md has the marks %s and %s", BEGIN.trim(), END)
        .isBetween(0, end);
    if (Boolean.getBoolean("settings.write")) {
      text = text.substring(0, begin + BEGIN.length()) + table() + text.substring(end);
      Files.writeString(DOCUMENT, text);
      end = text.indexOf(END);
    }

    assertThat(text.substring(begin + BEGIN.length(), end))
        .as(
            "the settings in docs/operating.md are stale; run mvn -Pfast -pl jobs -am package -Dtest=SettingsTableTest"
                + " -Dsettings.write=true")
        .isEqualTo(table());
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| key | default | meaning |\n|---|---|---|\n");
    for (SettingKey key : SettingKey.values()) {
      table.append("| `%s` | %s | %s |\n".formatted(key.key(), fallback(key), key.meaning()));
    }
    return table.toString();
  }

  private static String fallback(SettingKey key) {
    if (key.fallback() == null) {
      return "must be given";
    }
    return key.fallback().isEmpty() ? "empty" : "`" + key.fallback() + "`";
  }
}
