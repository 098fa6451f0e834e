package dev.zhifu.rules.lives.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Working days of the People's Republic of China, from the State Council's notices. It knows the
 * years of its file and no others: a guessed holiday would be a guessed legal term.
 */
public final class WorkCalendar {

  private static final String FILE = "dev/zhifu/rules/lives/calendar/holidays.yaml";
  private static final String SPAN = "..";

  private final String file;
  private final Map<Integer, String> notices;
  private final Set<LocalDate> off;
  private final Set<LocalDate> work;

  private WorkCalendar(
      String file, Map<Integer, String> notices, Set<LocalDate> off, Set<LocalDate> work) {
    this.file = file;
    this.notices = Map.copyOf(notices);
    this.off = Set.copyOf(off);
    this.work = Set.copyOf(work);
  }

  /** The calendar that comes with the product. */
  public static WorkCalendar official() {
    try (InputStream in = WorkCalendar.class.getClassLoader().getResourceAsStream(FILE)) {
      if (in == null) {
        throw new CalendarException(FILE + " is not on the class path; rebuild rules/lives");
      }
      return read(FILE, in);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  /**
   * A calendar from YAML.
   *
   * @param file name for messages
   * @param in the text
   * @throws CalendarException if a day lies outside its year, is no date, or is both off and work
   */
  public static WorkCalendar read(String file, InputStream in) {
    Object root = new Load(LoadSettings.builder().setLabel(file).build()).loadFromInputStream(in);
    Map<Integer, String> notices = new TreeMap<>();
    Set<LocalDate> off = new HashSet<>();
    Set<LocalDate> work = new HashSet<>();
    for (Object entry : list(file, "the file", root)) {
      Map<?, ?> year = entry instanceof Map<?, ?> map ? map : Map.of();
      int number = year.get("year") instanceof Integer given ? given : 0;
      String notice = String.valueOf(year.get("notice"));
      if (number == 0 || year.get("notice") == null || notices.put(number, notice) != null) {
        throw new CalendarException(
            file + ": each year stands once, with its number and its notice; found " + year);
      }
      for (Object span : list(file, "off of " + number, year.get("off"))) {
        off.addAll(days(file, number, span));
      }
      for (Object day : list(file, "work of " + number, year.get("work"))) {
        work.addAll(days(file, number, day));
      }
    }
    check(file, off, work);
    return new WorkCalendar(file, notices, off, work);
  }

  private static List<?> list(String file, String what, Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new CalendarException(file + ": " + what + " must be a list, is " + value);
  }

  private static List<LocalDate> days(String file, int year, Object span) {
    String text = String.valueOf(span);
    int at = text.indexOf(SPAN);
    try {
      LocalDate first = LocalDate.parse(at < 0 ? text : text.substring(0, at));
      LocalDate last = at < 0 ? first : LocalDate.parse(text.substring(at + SPAN.length()));
      if (first.getYear() != year || last.getYear() != year || last.isBefore(first)) {
        throw new CalendarException(
            file + ": " + text + " stands under " + year + "; give days of that year, first..last");
      }
      return first.datesUntil(last.plusDays(1)).toList();
    } catch (DateTimeParseException e) {
      throw new CalendarException(
          file + ": " + text + " under " + year + " is no day; write 2026-02-15..2026-02-23");
    }
  }

  private static void check(String file, Set<LocalDate> off, Set<LocalDate> work) {
    for (LocalDate day : work) {
      if (off.contains(day)) {
        throw new CalendarException(file + ": " + day + " is both off and work; see the notice");
      }
      if (!weekend(day)) {
        throw new CalendarException(
            file + ": " + day + " is a " + day.getDayOfWeek() + "; only weekends are made up");
      }
    }
  }

  private static boolean weekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  /** The years it knows, with the number of each notice. */
  public Map<Integer, String> notices() {
    return notices;
  }

  /** The last day that it knows without a gap in its years, the first year's if none follows. */
  public LocalDate lastDay() {
    int year = Collections.min(notices.keySet());
    while (notices.containsKey(year + 1)) {
      year++;
    }
    return LocalDate.of(year, 12, 31);
  }

  /**
   * True when people work on {@code day}.
   *
   * @throws CalendarException if its year is not in the file
   */
  public boolean isWorkingDay(LocalDate day) {
    if (!notices.containsKey(day.getYear())) {
      throw new CalendarException(
          file
              + " has no year "
              + day.getYear()
              + " (asked for "
              + day
              + "; it has "
              + new TreeMap<>(notices).keySet()
              + "); add it from the State Council's notice");
    }
    return work.contains(day) || (!weekend(day) && !off.contains(day));
  }

  /**
   * The {@code n}-th working day after {@code day}, which itself does not count.
   *
   * @param n at least 1
   * @throws CalendarException if a year on the way is not in the file
   */
  public LocalDate plusWorkingDays(LocalDate day, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("working days to add must be 1 or more, are " + n);
    }
    LocalDate at = day;
    for (int counted = 0; counted < n; ) {
      at = at.plusDays(1);
      if (isWorkingDay(at)) {
        counted++;
      }
    }
    return at;
  }
}
