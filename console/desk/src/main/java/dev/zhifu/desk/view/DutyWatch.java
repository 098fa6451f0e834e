package dev.zhifu.desk.view;

import dev.zhifu.desk.words.Words;
import dev.zhifu.rules.lives.AlarmKind;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.calendar.WorkCalendar;
import dev.zhifu.rules.lives.directory.Contact;
import dev.zhifu.rules.lives.directory.Directories;
import dev.zhifu.rules.lives.directory.DirectoryException;
import dev.zhifu.rules.lives.directory.Institution;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.RecoveryAlarm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Watches that every bank's duty desk answers in the hours to come, before an order needs it. The
 * file is read anew when it has changed; one that cannot be used, or that changed without a higher
 * version, is an alarm, and the last good one stands. Safe for use by several threads.
 */
public final class DutyWatch {
  /** Cause of the alarms that this raises: the setting that names the directory. */
  static final String CAUSE = "institutions.directory";

  /** How far ahead it looks: a shift; an engineering default. */
  public static final Duration AHEAD = Duration.ofHours(12);

  /** How long before its end the calendar must be continued; an engineering default. */
  static final Duration CALENDAR_AHEAD = Duration.ofDays(45);

  private static final String DEMO = "/directory/demo-institutions.yaml";

  private final Path file;
  private final BankDirectory banks;
  private final WorkCalendar calendar = WorkCalendar.official();
  private Map<String, Institution> known;
  private FileTime readAt;
  private List<String> faults = List.of();
  private int version;
  private String content = "";
  private List<String> unanswered = List.of();

  private DutyWatch(Path file, BankDirectory banks, List<Institution> known) {
    this.file = file;
    this.banks = banks;
    this.known = byCode(known);
  }

  /** Over the demo's invented institutions. */
  public static DutyWatch demo(BankDirectory banks) {
    try (InputStream in = DutyWatch.class.getResourceAsStream(DEMO)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new DutyWatch(null, banks, Directories.institutions(DEMO, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Over no institution: every bank is an alarm. */
  public static DutyWatch none(BankDirectory banks) {
    return new DutyWatch(null, banks, List.of());
  }

  /**
   * Over a file.
   *
   * @throws IllegalArgumentException when it cannot be used now: the desk does not start on it
   */
  public static DutyWatch of(Path file, BankDirectory banks) {
    DutyWatch watch = new DutyWatch(file, banks, List.of());
    watch.look();
    if (!watch.faults.isEmpty()) {
      throw new IllegalArgumentException(
          "setting institutions.directory: "
              + file
              + " cannot be used: "
              + String.join("; ", watch.faults)
              + "; mend it, zhifu directories check names the faults");
    }
    return watch;
  }

  private static Map<String, Institution> byCode(List<Institution> all) {
    return all.stream().collect(Collectors.toMap(Institution::code, Function.identity()));
  }

  private void look() {
    if (file == null) {
      return;
    }
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      if (changed.equals(readAt)) {
        return;
      }
      String text = Files.readString(file);
      Map<String, Institution> read = byCode(Directories.institutions(file.toString(), text));
      int next = Directories.version(file.toString(), text, "institutions");
      if (next < version || next == version && !text.equals(content)) {
        faults =
            List.of(
                "it changed and says version "
                    + next
                    + ", version "
                    + version
                    + " is in use; a change is a new version: give it "
                    + (version + 1));
        return;
      }
      known = read;
      version = next;
      content = text;
      faults = List.of();
      readAt = changed;
    } catch (DirectoryException e) {
      faults = e.faults();
    } catch (IOException e) {
      faults = List.of("it cannot be read (" + e.getClass().getSimpleName() + "); give its place");
    }
  }

  /** Watches these dispatch contacts too: one that nobody answers for is an alarm. */
  public synchronized DutyWatch watching(List<Contact> contacts) {
    unanswered = new Directories(0, Map.of(), 0, byId(contacts)).gaps();
    return this;
  }

  private static Map<String, Contact> byId(List<Contact> contacts) {
    return contacts.stream().collect(Collectors.toMap(Contact::id, Function.identity()));
  }

  /** What must be mended before it is needed, by bank; empty when every desk answers. */
  public synchronized List<RecoveryAlarm> alarms(Instant now) {
    look();
    List<RecoveryAlarm> alarms = new ArrayList<>();
    faults.forEach(
        fault ->
            alarms.add(
                alarm(AlarmKind.DIRECTORY_BROKEN, "", file.getFileName() + ": " + fault, now)));
    banks.all().stream()
        .map(BankDirectory.Bank::code)
        .filter(code -> !known.containsKey(code))
        .map(
            code ->
                alarm(
                    AlarmKind.NO_DUTY_DESK,
                    code,
                    "institution "
                        + code
                        + " gets orders and stands in no institutions' directory; enter it in"
                        + " institutions.directory",
                    now))
        .forEach(alarms::add);
    known.values().stream()
        .sorted((one, other) -> one.code().compareTo(other.code()))
        .forEach(
            one ->
                one.silentFrom(now, AHEAD)
                    .map(
                        silent -> alarm(AlarmKind.NO_DUTY_DESK, one.code(), said(one, silent), now))
                    .ifPresent(alarms::add));
    calendarEnds(now).ifPresent(alarms::add);
    unanswered.forEach(
        gap -> alarms.add(alarm(AlarmKind.NO_DUTY_DESK, gap.split(" ")[1], gap, now)));
    return alarms;
  }

  /** Terms of working days cannot be counted past the calendar; a person hears of it before. */
  private Optional<RecoveryAlarm> calendarEnds(Instant now) {
    LocalDate last = calendar.lastDay();
    if (LegalTerms.dayOf(now.plus(CALENDAR_AHEAD)).compareTo(last) <= 0) {
      return Optional.empty();
    }
    int year = last.getYear() + 1;
    return Optional.of(
        alarm(
            AlarmKind.CALENDAR_ENDS,
            last.toString(),
            "the official calendar ends on "
                + last
                + "; whoever builds the release adds "
                + year
                + " to holidays.yaml of rules/lives from the State Council's notice (published in"
                + " November of "
                + last.getYear()
                + "), with its number; until then a term of working days that reaches past that day"
                + " ends early, counted in calendar days",
            now));
  }

  private static String said(Institution one, Instant silent) {
    String gap = one.gap();
    return gap + "; nobody answers from " + Words.of("en").full(silent);
  }

  private static RecoveryAlarm alarm(AlarmKind kind, String object, String words, Instant now) {
    return RecoveryAlarm.newBuilder()
        .setAlarmId(Sha256.hex(object + "|" + kind + "|" + words))
        .setAlarm(kind.name())
        .setKind(LifeKind.STOP_ORDER)
        .setObjectId(object)
        .setCaseId("")
        .setWords(words)
        .setCause(CAUSE)
        .setTickAt(now)
        .build();
  }
}
