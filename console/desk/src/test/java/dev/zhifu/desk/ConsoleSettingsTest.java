package dev.zhifu.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.desk.ConsoleSettings.Key;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.signon.ProviderSettings;
import dev.zhifu.schemas.crypto.DemoKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

  @Test
  void outsideOfTheDemoPeopleComeFromAProviderOverHttpsOrNothingStarts(@TempDir Path folder)
      throws IOException {
    assertThat(Console.keys(new ConsoleSettings(Map.of()), "DEMO", null).keys()).isNotEmpty();
    Map<String, String> values = new HashMap<>();
    values.put("oidc.issuer", "https://id.example/realms/police");
    values.put("oidc.client.id", "zhifu-desk");
    values.put("oidc.back", "https://desk.example/login/provider/back");
    values.put("oidc.roles", "zf-officer=OFFICER, zf-city=CITY_HEAD");
    ProviderSettings provider = Console.provider(new ConsoleSettings(values));
    assertThat(provider.roles())
        .containsEntry("zf-officer", Role.OFFICER)
        .containsEntry("zf-city", Role.CITY_HEAD);
    assertThat(provider.secret()).isEmpty();
    Path keys = folder.resolve("keys.yaml");
    Files.writeString(keys, DemoKeys.text("directory.yaml"));
    values.put("key.directory", keys.toString());
    assertThatThrownBy(() -> Console.keys(new ConsoleSettings(values), "PRODUCTION", provider))
        .as("no https")
        .hasMessageContaining("environment is PRODUCTION; it needs oidc.issuer");
    values.put("desk.secure", "true");
    assertThat(Console.keys(new ConsoleSettings(values), "PRODUCTION", provider).keys())
        .isNotEmpty();
    assertThatThrownBy(() -> Console.keys(new ConsoleSettings(values), "PRODUCTION", null))
        .as("local people")
        .hasMessageContaining("local people exist in DEMO alone");
    assertThatThrownBy(() -> Console.keys(new ConsoleSettings(values), "TEST", provider))
        .hasMessageContaining("environment is TEST");
    values.remove("key.directory");
    assertThatThrownBy(() -> Console.keys(new ConsoleSettings(values), "DRILL", provider))
        .as("no keys of its own")
        .hasMessageContaining("key.directory");
    assertThat(Console.provider(new ConsoleSettings(Map.of()))).isNull();
  }
}
