package dev.zhifu.desk.warnings;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What to say to a likely victim, by typology and language. The Mongolian set holds only what a
 * native speaker has reviewed; what is not there is said to be missing and never made up.
 */
public final class WarningScripts {
  /** Chinese, English, Mongolian. */
  public static final List<String> LANGUAGES = List.of("zh", "en", "mn");

  private static final String OTHERWISE = "default";

  private final Map<String, Properties> texts = new LinkedHashMap<>();

  /** Those of this console. */
  public WarningScripts() {
    LANGUAGES.forEach(language -> texts.put(language, read(language)));
  }

  private static Properties read(String language) {
    Properties properties = new Properties();
    try (InputStream in =
        WarningScripts.class.getResourceAsStream("/scripts/" + language + ".properties")) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /**
   * The script of a typology, or the general one.
   *
   * @param typology a rule's id
   * @return empty when the language has neither
   */
  public Optional<String> of(String language, String typology) {
    Properties all = texts.getOrDefault(language, new Properties());
    return Optional.ofNullable(all.getProperty(typology, all.getProperty(OTHERWISE)));
  }

  /** Typologies that a language has a script of its own for. */
  public List<String> typologies(String language) {
    return texts.get(language).stringPropertyNames().stream()
        .filter(name -> !name.equals(OTHERWISE))
        .sorted()
        .toList();
  }
}
