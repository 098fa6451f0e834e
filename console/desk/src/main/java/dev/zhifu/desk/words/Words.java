package dev.zhifu.desk.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What pages say, in one language; and how they write money and times. */
public final class Words {
  /** Where officers and banks are. */
  public static final ZoneId PLACE = ZoneId.of("Asia/Shanghai");

  /** What ids of papers begin with; what follows tells them apart. */
  private static final String PAPER = "paper:";

  private static final Words ZH = read("zh");
  private static final Words EN = read("en");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(PLACE);
  private static final DateTimeFormatter DAY_TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(PLACE);
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(PLACE);

  private final String language;
  private final Map<String, String> texts;

  private Words(String language, Map<String, String> texts) {
    this.language = language;
    this.texts = texts;
  }

  /** English when asked for by name, else Chinese. */
  public static Words of(String language) {
    return "en".equals(language) ? EN : ZH;
  }

  private static Words read(String language) {
    String file = "/words/" + language + ".properties";
    Properties properties = new Properties();
    try (InputStream in = Words.class.getResourceAsStream(file)) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return new Words(language, Collections.unmodifiableMap(texts));
  }

  /** zh or en. */
  public String language() {
    return language;
  }

  /** True for Chinese. */
  public boolean isChinese() {
    return language.equals("zh");
  }

  /** Every text by its key. */
  public Map<String, String> all() {
    return texts;
  }

  /** The text of {@code key}, with {0}, {1} … replaced. */
  public String t(String key, Object... values) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException(
          "no text for '" + key + "' in words/" + language + ".properties");
    }
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }

  /** The text of {@code key}, or {@code otherwise}. */
  public String orElse(String key, String otherwise) {
    return texts.getOrDefault(key, otherwise);
  }

  /** Yuan with two decimals and thousands apart. */
  public String yuan(long fen) {
    return String.format(
        Locale.ROOT, "%s%,d.%02d", fen < 0 ? "-" : "", Math.abs(fen) / 100, Math.abs(fen) % 100);
  }

  /** Time of day in China. */
  public String time(Instant at) {
    return at == null ? "" : TIME.format(at);
  }

  /** Month, day and time in China. */
  public String dayTime(Instant at) {
    return at == null ? "" : DAY_TIME.format(at);
  }

  /** Date and time in China. */
  public String full(Instant at) {
    return at == null ? "" : FULL.format(at);
  }

  /** The beginning of an id, enough for a person to tell two apart. */
  public static String brief(String id) {
    if (id == null) {
      return "";
    }
    String own = id.startsWith(PAPER) ? id.substring(PAPER.length()) : id;
    return own.substring(0, Math.min(8, own.length()));
  }

  /** An account as pages name it: bank and the beginning of its token. */
  public static String account(String bank, String token) {
    return bank + "·" + token.substring(0, Math.min(6, token.length()));
  }
}
