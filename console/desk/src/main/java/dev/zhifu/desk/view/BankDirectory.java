package dev.zhifu.desk.view;

import dev.zhifu.rules.lives.directory.Directories;
import dev.zhifu.rules.lives.directory.DirectoryException;
import dev.zhifu.rules.lives.directory.Institution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Banks by code and by card prefix. */
public final class BankDirectory {
  private static final String DEMO = "/directory/demo-institutions.yaml";

  private final Map<String, Bank> byCode = new LinkedHashMap<>();

  private BankDirectory(Collection<Institution> institutions) {
    for (Institution one : institutions) {
      byCode.put(one.code(), new Bank(one.code(), one.name(), one.phone(), one.cardPrefixes()));
    }
  }

  private BankDirectory(String name, String text) {
    Object root = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text);
    if (!(root instanceof Map<?, ?> map) || !(map.get("banks") instanceof List<?> banks)) {
      throw new IllegalArgumentException("bank directory " + name + " has no list 'banks'");
    }
    for (Object one : banks) {
      Bank bank = bank(name, one);
      byCode.put(bank.code(), bank);
    }
  }

  /** The demo's invented banks. */
  public static BankDirectory demo() {
    try (InputStream in = BankDirectory.class.getResourceAsStream(DEMO)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new BankDirectory(Directories.institutions(DEMO, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Banks as their institutions' file has them.
   *
   * @throws IllegalArgumentException when it cannot be used; names the faults
   */
  public static BankDirectory ofInstitutions(Path file) {
    try {
      return new BankDirectory(Directories.institutions(file.toString(), Files.readString(file)));
    } catch (DirectoryException e) {
      throw new IllegalArgumentException(
          "setting institutions.directory: " + file + " cannot be used: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "setting institutions.directory: " + file + " cannot be read", e);
    }
  }

  /**
   * A directory file.
   *
   * @throws IllegalArgumentException when an entry is wrong; names file and entry
   */
  public static BankDirectory read(Path file) {
    try {
      return new BankDirectory(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("bank directory " + file + " cannot be read", e);
    }
  }

  /**
   * This one, held against the institutions' file.
   *
   * @throws IllegalArgumentException naming the first bank that the two tell differently
   */
  public BankDirectory agreeingWith(BankDirectory institutions) {
    for (Bank bank : byCode.values()) {
      Bank other = institutions.byCode.get(bank.code());
      if (other != null && !other.equals(bank)) {
        throw new IllegalArgumentException(
            "setting bank.directory has "
                + bank
                + " and institutions.directory "
                + other
                + "; one bank has one name, phone and prefixes: leave bank.directory empty");
      }
    }
    return this;
  }

  private static Bank bank(String file, Object entry) {
    if (!(entry instanceof Map<?, ?> fields)
        || fields.get("code") == null
        || fields.get("name") == null
        || fields.get("dutyPhone") == null
        || !(fields.get("prefixes") instanceof List<?> prefixes)) {
      throw new IllegalArgumentException(
          "bank directory "
              + file
              + ": entry "
              + entry
              + " needs code, name, dutyPhone and prefixes");
    }
    List<String> all = new ArrayList<>();
    prefixes.forEach(prefix -> all.add(prefix.toString()));
    return new Bank(
        fields.get("code").toString(),
        fields.get("name").toString(),
        fields.get("dutyPhone").toString(),
        all);
  }

  /** The bank of a code; one that is not listed has its code as name and no phone. */
  public Bank of(String code) {
    return byCode.getOrDefault(code, new Bank(code, code, "", List.of()));
  }

  /** The bank whose prefix fits a card number best. */
  public Optional<Bank> byCard(String number) {
    Bank best = null;
    int longest = 0;
    for (Bank bank : byCode.values()) {
      for (String prefix : bank.prefixes()) {
        if (number.startsWith(prefix) && prefix.length() > longest) {
          best = bank;
          longest = prefix.length();
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** All of them. */
  public List<Bank> all() {
    return List.copyOf(byCode.values());
  }

  /**
   * One bank.
   *
   * @param code institution code
   * @param name as shown
   * @param dutyPhone of its duty desk; empty when not listed
   * @param prefixes of its card numbers
   */
  public record Bank(String code, String name, String dutyPhone, List<String> prefixes) {}
}
