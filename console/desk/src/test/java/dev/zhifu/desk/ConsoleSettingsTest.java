package dev.zhifu.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.desk.ConsoleSettings.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleSettingsTest {
  private static final String BEGIN = "<!-- settings:begin -->\n";
  private static final String END = "<!-- settings:end -->";

  @Test
  void thePageListsEveryKey() throws IOException {
    Path page = Path.of("../../docs/desk.md");
    String text = Files.readString(page);
    String written =
        text.substring(0, text.indexOf(BEGIN) + BEGIN.length())
            + table()
            + text.substring(text.indexOf(END));
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(page, written);
    }
    assertThat(page).content().isEqualTo(written);
  }

  private static String table() {
    StringBuilder text = new StringBuilder("| key | default | meaning |\n|---|---|---|\n");
    for (Key key : Key.values()) {
      text.append("| `")
          .append(key.key())
          .append("` | ")
          .append(
              key.otherwise() == null
                  ? "must be given"
                  : key.otherwise().isEmpty() ? "empty" : "`" + key.otherwise() + "`")
          .append(" | ")
          .append(key.meaning())
          .append(" |\n");
    }
    return text.toString();
  }

  @Test
  void aKeyThatIsNoneOrMissingOrNoNumberIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("console.properties");
    Files.writeString(file, "desk.prot=80\n");
    assertThatThrownBy(() -> ConsoleSettings.read(file)).hasMessageContaining("'desk.prot'");
    ConsoleSettings settings = new ConsoleSettings(Map.of("desk.port", "eighty"));
    assertThatThrownBy(() -> settings.number(Key.PORT)).hasMessageContaining("eighty");
    assertThatThrownBy(() -> settings.get(Key.BOOTSTRAP)).hasMessageContaining("kafka.bootstrap");
    assertThat(settings.get(Key.HOST)).isEqualTo("127.0.0.1");
  }
}
