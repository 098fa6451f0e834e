package dev.zhifu.desk.intake;

import dev.zhifu.desk.identities.Telephone;
import dev.zhifu.desk.words.Words;
import dev.zhifu.rules.lives.channel.ApplicationType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A form's fields as a statement, or what is wrong with each. */
public final class StatementForm {
  /** Transfers that one form holds. */
  public static final int TRANSFERS_MAX = 6;

  /** What a victim can have been deceived by: rules' ids, whose words pages show. */
  public static final List<String> TYPOLOGIES =
      IntStream.rangeClosed(1, 14).mapToObj(i -> String.format(Locale.ROOT, "V%02d", i)).toList();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd[ ]['T']HH:mm[:ss]");
  private static final DateTimeFormatter OF_DAY = DateTimeFormatter.ofPattern("HH:mm[:ss]");
  private static final BigDecimal MOST = new BigDecimal("10000000000");
  static final String DOCUMENT = "[0-9]{17}[0-9Xx]|[A-Za-z0-9]{5,20}";
  static final String CARD = "[0-9]{12,19}";
  private static final String ACCOUNT = ApplicationType.ACCOUNT;

  /** What receipts leave of a number: at least four digits among stars. */
  private static final String MASKED = "(?=(?:[*]*[0-9]){4})[0-9*]*[*][0-9*]*";

  private static final int MASKED_MAX = 30;
  private static final int PHONE_MAX = 25;

  private final Function<String, String> fields;
  private final Map<String, String> faults = new LinkedHashMap<>();

  /** Reads {@code fields} by name; a missing one is null. */
  public StatementForm(Function<String, String> fields) {
    this.fields = fields;
  }

  /** Field → key of the sentence that says what is wrong with it. */
  public Map<String, String> faults() {
    return faults;
  }

  /**
   * The statement.
   *
   * @param begunAt when the form was opened, by the tick clock
   * @param now the newest tick: nothing was paid after it
   */
  public Statement read(String reportId, Instant begunAt, Instant now) {
    String idNumber = matching("idNumber", DOCUMENT, "fault.idNumber");
    String name = text("victimName", 40, "fault.name");
    String payer = card("payerNumber", CARD);
    List<Statement.Paid> transfers = new ArrayList<>();
    List<Statement.Asked> asked = new ArrayList<>();
    for (int i = 0; i < TRANSFERS_MAX; i++) {
      if (isMasked(plain(fields.apply("number" + i)))) {
        asked.add(asked(i, now));
      } else if (!blank("number" + i)) {
        transfers.add(paid(i, now));
      }
    }
    if (transfers.isEmpty() && asked.isEmpty()) {
      faults.put("number0", "fault.noTransfer");
    }
    return new Statement(
        reportId,
        begunAt,
        idNumber,
        name,
        phone(),
        matching("channel", "110|96110|station|branch", "fault.channel"),
        blank("typology")
            ? ""
            : matching("typology", String.join("|", TYPOLOGIES), "fault.typology"),
        payer,
        transfers,
        asked,
        blank("facts") ? "" : text("facts", IntakeDesk.FACTS_MAX, "fault.facts"));
  }

  private Statement.Asked asked(int row, Instant now) {
    String masked = plain(fields.apply("number" + row));
    if (!masked.matches(MASKED) || masked.length() > MASKED_MAX) {
      faults.put("number" + row, "fault.maskedDigits");
    }
    return new Statement.Asked(masked, amount("amount" + row), timeOf("time" + row, now));
  }

  private Statement.Paid paid(int row, Instant now) {
    return new Statement.Paid(
        card("number" + row, ACCOUNT),
        text("name" + row, 60, "fault.name"),
        amount("amount" + row),
        timeOf("time" + row, now));
  }

  /** A card number without the spaces that receipts print; whatever masks a digit is a star. */
  public static String plain(String number) {
    return number == null ? "" : number.replaceAll("[\\s-]", "").replaceAll("[＊•●xX×]", "*");
  }

  /** True when digits are hidden. */
  static boolean isMasked(String plain) {
    return plain.indexOf('*') >= 0;
  }

  private String card(String field, String pattern) {
    String number = plain(fields.apply(field));
    if (isMasked(number)) {
      faults.put(field, "fault.masked");
    } else if (!number.matches(pattern)) {
      faults.put(field, "fault.card");
    }
    return number;
  }

  private long amount(String field) {
    String text = fields.apply(field) == null ? "" : fields.apply(field).replace(",", "").strip();
    try {
      BigDecimal yuan = new BigDecimal(text);
      if (yuan.signum() > 0 && yuan.compareTo(MOST) < 0 && yuan.stripTrailingZeros().scale() <= 2) {
        return yuan.movePointRight(2).longValueExact();
      }
    } catch (NumberFormatException e) {
      // the fault below says what is wrong
    }
    faults.put(field, "fault.amount");
    return 0;
  }

  private Instant timeOf(String field, Instant now) {
    return time(fields.apply(field), now)
        .filter(at -> !at.isAfter(now))
        .orElseGet(
            () -> {
              faults.put(field, "fault.time");
              return now;
            });
  }

  /**
   * A time as people type it, in the time of the place.
   *
   * @param typed day and time, or a time alone: that is the last one that has passed
   * @param now the newest tick
   * @return empty when it is none
   */
  public static Optional<Instant> time(String typed, Instant now) {
    String text = typed == null ? "" : typed.strip();
    try {
      return Optional.of(
          text.length() <= 8 ? lately(text, now) : at(LocalDateTime.parse(text, TIME)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant lately(String text, Instant now) {
    LocalDateTime today =
        LocalTime.parse(text, OF_DAY).atDate(now.atZone(Words.PLACE).toLocalDate());
    return at(today).isAfter(now) ? at(today.minusDays(1)) : at(today);
  }

  private static Instant at(LocalDateTime local) {
    return local.atZone(Words.PLACE).toInstant();
  }

  private String text(String field, int longest, String fault) {
    String text = fields.apply(field) == null ? "" : fields.apply(field).strip();
    if (text.isEmpty() || text.length() > longest) {
      faults.put(field, fault);
    }
    return text;
  }

  private String phone() {
    String typed = blank("phone") ? "" : fields.apply("phone").strip();
    if (!typed.isEmpty() && (typed.length() > PHONE_MAX || Telephone.meant(typed).isEmpty())) {
      faults.put("phone", "fault.phone");
    }
    return typed;
  }

  private String matching(String field, String pattern, String fault) {
    String text = fields.apply(field) == null ? "" : fields.apply(field).strip();
    if (!text.matches(pattern)) {
      faults.put(field, fault);
    }
    return text;
  }

  private boolean blank(String field) {
    return fields.apply(field) == null || fields.apply(field).isBlank();
  }
}
