package dev.zhifu.rules.lives.directory;

import dev.zhifu.rules.lives.directory.Contact.Level;
import dev.zhifu.wire.OrderChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Institutions and dispatch contacts, validated whole: every fault of a file is named at once.
 *
 * @param version version of the institutions' file
 * @param institutions by code
 * @param dispatchVersion version of the contacts' file
 * @param contacts by id
 */
public record Directories(
    int version,
    Map<String, Institution> institutions,
    int dispatchVersion,
    Map<String, Contact> contacts) {

  public Directories {
    institutions = Map.copyOf(institutions);
    contacts = Map.copyOf(contacts);
  }

  /**
   * Reads both files.
   *
   * @throws DirectoryException naming every fault of a file
   */
  public static Directories read(Path institutions, Path dispatch) {
    Sheet first = Sheet.open(institutions, "institutions");
    Map<String, Institution> banks = institutions(first);
    Sheet second = Sheet.open(dispatch, "dispatch");
    return new Directories(first.version, banks, second.version, contacts(second));
  }

  /**
   * What is wrong with both files: every fault of either, or, when both can be used, the entries
   * that nobody may reach at some time of the day.
   *
   * @return lines of file, entry, rule broken, way out; empty when nothing is wrong
   */
  public static List<String> problems(Path institutions, Path dispatch) {
    List<String> problems = new ArrayList<>();
    Map<String, Institution> banks = Map.of();
    Map<String, Contact> contacts = Map.of();
    try {
      banks = institutions(Sheet.open(institutions, "institutions"));
    } catch (DirectoryException e) {
      e.faults().forEach(fault -> problems.add(institutions + ": " + fault));
    }
    try {
      contacts = contacts(Sheet.open(dispatch, "dispatch"));
    } catch (DirectoryException e) {
      e.faults().forEach(fault -> problems.add(dispatch + ": " + fault));
    }
    new Directories(0, banks, 0, Map.of())
        .gaps().stream().map(gap -> institutions + ": " + gap).forEach(problems::add);
    new Directories(0, Map.of(), 0, contacts)
        .gaps().stream().map(gap -> dispatch + ": " + gap).forEach(problems::add);
    return problems;
  }

  /**
   * Reads the institutions alone, in their file's order.
   *
   * @param name what the file is called in messages
   * @param text what it holds
   * @throws DirectoryException naming every fault of the file
   */
  public static List<Institution> institutions(String name, String text) {
    return List.copyOf(institutions(Sheet.open(name, text, "institutions")).values());
  }

  /**
   * The version that a file of either kind says it is.
   *
   * @param name what the file is called in messages
   * @param text what it holds
   * @param kind institutions or dispatch
   * @throws DirectoryException when it is of another kind or has no version
   */
  public static int version(String name, String text, String kind) {
    Sheet sheet = Sheet.open(name, text, kind);
    sheet.check();
    return sheet.version;
  }

  /**
   * Where the channels that a process was set to disagree with the institutions' entries. A bank in
   * neither list gets paper.
   *
   * @param institutions entries of the file
   * @param direct banks set to DIRECT
   * @param platform banks set to PLATFORM
   * @return one sentence a bank, in the order of the codes; empty when they agree
   */
  public static List<String> disagreements(
      Collection<Institution> institutions, List<String> direct, List<String> platform) {
    Map<String, OrderChannel> set = new TreeMap<>();
    institutions.forEach(one -> set.put(one.code(), OrderChannel.PAPER));
    platform.forEach(code -> set.put(code, OrderChannel.PLATFORM));
    direct.forEach(code -> set.put(code, OrderChannel.DIRECT));
    Map<String, OrderChannel> listed = new HashMap<>();
    institutions.forEach(one -> listed.put(one.code(), one.channel()));
    List<String> sentences = new ArrayList<>();
    set.forEach(
        (code, channel) -> {
          OrderChannel entry = listed.get(code);
          if (entry == null) {
            sentences.add(
                "bank " + code + " is set to " + channel + " and stands in no entry; enter it");
          } else if (entry != channel) {
            sentences.add(
                "bank "
                    + code
                    + " is set to "
                    + channel
                    + " and its entry says "
                    + entry
                    + "; mend banks, platform.banks or the entry");
          }
        });
    return sentences;
  }

  private static Map<String, Institution> institutions(Sheet sheet) {
    Map<String, Institution> banks = new LinkedHashMap<>();
    Set<String> prefixes = new HashSet<>();
    for (Map<?, ?> row : sheet.rows("institutions")) {
      Institution one = institution(sheet, row, prefixes);
      if (banks.put(one.code(), one) != null) {
        sheet.fault("institution " + one.code() + " stands twice; keep one entry");
      }
    }
    sheet.check();
    return banks;
  }

  /**
   * Reads the dispatch contacts alone, in their file's order.
   *
   * @param name what the file is called in messages
   * @param text what it holds
   * @throws DirectoryException naming every fault of the file
   */
  public static List<Contact> contacts(String name, String text) {
    return List.copyOf(contacts(Sheet.open(name, text, "dispatch")).values());
  }

  private static Map<String, Contact> contacts(Sheet sheet) {
    Map<String, Contact> contacts = new LinkedHashMap<>();
    for (Map<?, ?> row : sheet.rows("contacts")) {
      Contact one = contact(sheet, row);
      if (contacts.put(one.id(), one) != null) {
        sheet.fault("contact " + one.id() + " stands twice");
      }
    }
    chains(sheet, contacts);
    sheet.check();
    return contacts;
  }

  private static Institution institution(Sheet sheet, Map<?, ?> row, Set<String> prefixes) {
    String code = sheet.text(row, "code", "an institution");
    String what = "institution " + code;
    if (!code.matches("[A-Z0-9]{1,16}")) {
      sheet.fault(what + ": a code is 1 to 16 capital letters or digits");
    }
    OrderChannel channel = sheet.oneOf(row, "channel", what, OrderChannel.class);
    String agreement = sheet.optional(row, "agreement");
    if (channel == OrderChannel.DIRECT && agreement.isEmpty()) {
      sheet.fault(what + " is DIRECT without a recorded agreement; give it, or use PLATFORM");
    }
    String key = sheet.optional(row, "key");
    if (channel == OrderChannel.DIRECT && key.isEmpty()) {
      sheet.fault(what + " is DIRECT without a key; orders are encrypted to it");
    }
    List<String> own = sheet.texts(row, "cardPrefixes", what);
    for (String prefix : own) {
      if (!prefix.matches("\\d{2,10}")) {
        sheet.fault(what + ": card prefix '" + prefix + "' must be 2 to 10 digits");
      } else if (!prefixes.add(prefix)) {
        sheet.fault(what + ": card prefix " + prefix + " belongs to another institution too");
      }
    }
    Map<?, ?> desk = row.get("dutyDesk") instanceof Map<?, ?> map ? map : Map.of();
    Map<?, ?> standby = row.get("standby") instanceof Map<?, ?> map ? map : Map.of();
    return new Institution(
        code,
        sheet.text(row, "name", what),
        sheet.text(row, "headOffice", what),
        own,
        channel == null ? OrderChannel.PAPER : channel,
        agreement,
        key,
        sheet.phone(desk, what),
        desk.isEmpty() ? null : sheet.hours(desk, what),
        sheet.phone(standby, what));
  }

  private static Contact contact(Sheet sheet, Map<?, ?> row) {
    String id = sheet.text(row, "id", "a contact");
    String what = "contact " + id;
    Level level = sheet.oneOf(row, "level", what, Level.class);
    String phone = sheet.phone(row, what);
    if (phone.isEmpty()) {
      sheet.fault(what + " has no phone");
    }
    return new Contact(
        id,
        level == null ? Level.CITY : level,
        sheet.optional(row, "parent"),
        sheet.text(row, "name", what),
        phone,
        sheet.hours(row, what),
        sheet.optional(row, "region"),
        sheet.place(row, what));
  }

  /** Every contact's chain of parents rises and ends at the city. */
  private static void chains(Sheet sheet, Map<String, Contact> contacts) {
    for (Contact contact : contacts.values()) {
      if (contact.level() == Level.CITY) {
        continue;
      }
      Contact parent = contacts.get(contact.parent());
      if (parent == null) {
        sheet.fault(
            "contact "
                + contact.id()
                + " names parent '"
                + contact.parent()
                + "', who is not there");
      } else if (parent.level().compareTo(contact.level()) >= 0) {
        sheet.fault(
            "contact "
                + contact.id()
                + " ("
                + contact.level()
                + ") names parent "
                + parent.id()
                + " ("
                + parent.level()
                + "): a parent stands higher");
      }
    }
  }

  /** Entries that nobody may reach at some time of the day: an alarm before it is needed. */
  public List<String> gaps() {
    Stream<String> banks = institutions.values().stream().map(Institution::gap);
    Stream<String> unreachable =
        contacts.values().stream()
            .filter(contact -> !chainAnswersAlways(contact))
            .map(
                contact ->
                    "contact "
                        + contact.id()
                        + " and its parents leave part of the day unanswered; give one of them the"
                        + " whole day");
    return Stream.concat(banks, unreachable).filter(gap -> !gap.isEmpty()).sorted().toList();
  }

  private boolean chainAnswersAlways(Contact contact) {
    for (Contact at = contact; at != null; at = contacts.get(at.parent())) {
      if (at.hours() != null && at.hours().always()) {
        return true;
      }
    }
    return false;
  }

  /** Whom to call at {@code at}: the contact, or the next above who answers; empty when none. */
  public Optional<Contact> answering(String id, Instant at) {
    Contact contact = contacts.get(id);
    while (contact != null && (contact.hours() == null || !contact.hours().covers(at))) {
      contact = contacts.get(contact.parent());
    }
    return Optional.ofNullable(contact);
  }

  /** The institution of a card number by its longest prefix; empty when none fits. */
  public Optional<Institution> ofCard(String digits) {
    Map<String, Institution> byPrefix = new HashMap<>();
    institutions
        .values()
        .forEach(one -> one.cardPrefixes().forEach(prefix -> byPrefix.put(prefix, one)));
    for (int length = Math.min(10, digits.length()); length >= 2; length--) {
      Institution one = byPrefix.get(digits.substring(0, length));
      if (one != null) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** One file while it is being read. */
  private static final class Sheet {
    private final String file;
    private final Map<?, ?> root;
    private final List<String> faults = new ArrayList<>();
    private int version;

    private Sheet(String file, Map<?, ?> root) {
      this.file = file;
      this.root = root;
    }

    static Sheet open(Path path, String kind) {
      try {
        return open(path.toString(), Files.readString(path), kind);
      } catch (IOException e) {
        throw new UncheckedIOException(path + " cannot be read", e);
      }
    }

    static Sheet open(String name, String text, String kind) {
      Object root;
      try {
        root = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text);
      } catch (YamlEngineException e) {
        throw new DirectoryException(name, List.of(e.getMessage()));
      }
      Sheet sheet = new Sheet(name, root instanceof Map<?, ?> map ? map : Map.of());
      if (!kind.equals(sheet.root.get("kind"))) {
        sheet.fault("kind is " + sheet.root.get("kind") + "; it must be " + kind);
      }
      if (sheet.root.get("version") instanceof Integer number && number > 0) {
        sheet.version = number;
      } else {
        sheet.fault("version is " + sheet.root.get("version") + "; it must be a number from 1");
      }
      return sheet;
    }

    void fault(String words) {
      faults.add(words);
    }

    void check() {
      if (!faults.isEmpty()) {
        throw new DirectoryException(file, faults);
      }
    }

    List<Map<?, ?>> rows(String name) {
      List<Map<?, ?>> rows = new ArrayList<>();
      if (root.get(name) instanceof List<?> list) {
        for (Object row : list) {
          if (row instanceof Map<?, ?> map) {
            rows.add(map);
          } else {
            fault(name + " has an entry that is no record: " + row);
          }
        }
      } else {
        fault(name + " must be a list");
      }
      return rows;
    }

    String text(Map<?, ?> row, String field, String what) {
      String value = optional(row, field);
      if (value.isBlank()) {
        fault(what + " has no " + field);
      }
      return value;
    }

    String optional(Map<?, ?> row, String field) {
      return row.get(field) == null ? "" : String.valueOf(row.get(field));
    }

    List<String> texts(Map<?, ?> row, String field, String what) {
      if (row.get(field) instanceof List<?> list) {
        return list.stream().map(String::valueOf).toList();
      }
      fault(what + ": " + field + " must be a list");
      return List.of();
    }

    <T extends Enum<T>> T oneOf(Map<?, ?> row, String field, String what, Class<T> type) {
      String value = optional(row, field);
      for (T one : type.getEnumConstants()) {
        if (one.name().equals(value)) {
          return one;
        }
      }
      fault(
          what
              + ": "
              + field
              + " is '"
              + value
              + "'; it must be one of "
              + List.of(type.getEnumConstants()));
      return null;
    }

    String phone(Map<?, ?> row, String what) {
      String phone = optional(row, "phone");
      if (!phone.isEmpty() && !phone.matches("[0-9+-]{5,20}")) {
        fault(what + ": phone '" + phone + "' must be 5 to 20 digits, + or -");
      }
      return phone;
    }

    /** Latitude and longitude; null when there is none. */
    Place place(Map<?, ?> row, String what) {
      Object place = row.get("place");
      if (place == null) {
        return null;
      }
      if (place instanceof List<?> both
          && both.size() == 2
          && both.get(0) instanceof Number north
          && both.get(1) instanceof Number east
          && Place.real(north.doubleValue(), east.doubleValue())) {
        return new Place(north.doubleValue(), east.doubleValue());
      }
      fault(what + ": place " + place + " must read [latitude, longitude] in degrees");
      return null;
    }

    DutyHours hours(Map<?, ?> row, String what) {
      DutyHours hours = DutyHours.parse(optional(row, "hours"));
      if (hours == null) {
        fault(what + ": hours '" + optional(row, "hours") + "' must read 08:00-20:00");
      }
      return hours;
    }
  }
}
