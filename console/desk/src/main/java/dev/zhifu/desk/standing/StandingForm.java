package dev.zhifu.desk.standing;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.words.Words;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.StandingAuthorisation;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A form's fields as a standing authorisation, not signed. */
public final class StandingForm {
  /** Longest validity, days; an engineering default. */
  public static final int DAYS_MAX = 92;

  private static final double SCORE_MIN = 0.5;
  private static final BigDecimal FEN = BigDecimal.valueOf(100);

  private StandingForm() {}

  /**
   * Reads the fields.
   *
   * @param id of the authorisation
   * @param now the newest tick: it begins then
   * @throws ActException naming the first field that is wrong
   */
  public static StandingAuthorisation read(
      String id, String officerId, Instant now, Function<String, String> fields) {
    List<String> rules =
        Arrays.stream(fields.apply("rules").split("[,，\\s]+"))
            .filter(one -> !one.isEmpty())
            .toList();
    require(
        !rules.isEmpty() && rules.stream().allMatch(one -> one.matches("REPORT|[VMTG][0-9]{2}")),
        "standing.rules");
    double score = number(fields.apply("minScore"), "standing.minScore").doubleValue();
    require(score >= SCORE_MIN && score <= 1, "standing.minScore");
    long amount = fen(fields.apply("maxAmount"), "standing.maxAmount");
    int hour = count(fields.apply("perHour"), "standing.perHour");
    int bankDay = count(fields.apply("perBankDay"), "standing.perBankDay");
    int day = count(fields.apply("perDay"), "standing.perDay");
    long money = fen(fields.apply("perDayMoney"), "standing.perDayMoney");
    long hourMoney = fen(fields.apply("perHourMoney"), "standing.perHourMoney");
    long bankDayMoney = fen(fields.apply("perBankDayMoney"), "standing.perBankDayMoney");
    require(
        hourMoney >= amount
            && bankDayMoney >= amount
            && money >= hourMoney
            && money >= bankDayMoney
            && day >= hour,
        "standing.order");
    Instant until;
    try {
      until =
          LocalDate.parse(fields.apply("validTo"))
              .plusDays(1)
              .atStartOfDay(Words.PLACE)
              .toInstant();
    } catch (DateTimeException e) {
      throw new ActException("standing.validTo");
    }
    require(
        until.isAfter(now) && until.isBefore(now.plusSeconds(DAYS_MAX * 86_400L)),
        "standing.validTo");
    return StandingAuthorisation.newBuilder()
        .setAuthorisationId(id)
        .setRevision(1)
        .setOfficerId(officerId)
        .setRules(rules)
        .setMinScore(score)
        .setMaxAmountFen(amount)
        // A merchant's, company's or public account is never signed for by the engine.
        .setAccountKinds(List.of(AccountKind.PERSONAL))
        .setMaxOrdersPerHour(hour)
        .setMaxOrdersPerBankDay(bankDay)
        .setMaxOrdersPerDay(day)
        .setMaxFenPerDay(money)
        .setMaxFenPerHour(hourMoney)
        .setMaxFenPerBankDay(bankDayMoney)
        .setValidFrom(now)
        .setValidTo(until)
        .setLegalOpinion("")
        .setRenewedAt(now)
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }

  /** True when nothing in {@code next} reaches further than in {@code before}. */
  static boolean narrower(StandingAuthorisation next, StandingAuthorisation before) {
    return before.getRules().containsAll(next.getRules())
        && next.getMinScore() >= before.getMinScore()
        && next.getMaxAmountFen() <= before.getMaxAmountFen()
        && before.getAccountKinds().containsAll(next.getAccountKinds())
        && next.getMaxOrdersPerHour() <= before.getMaxOrdersPerHour()
        && next.getMaxOrdersPerBankDay() <= before.getMaxOrdersPerBankDay()
        && next.getMaxOrdersPerDay() <= before.getMaxOrdersPerDay()
        && next.getMaxFenPerDay() <= before.getMaxFenPerDay()
        && next.getMaxFenPerHour() <= before.getMaxFenPerHour()
        && next.getMaxFenPerBankDay() <= before.getMaxFenPerBankDay()
        && !next.getValidTo().isAfter(before.getValidTo());
  }

  private static BigDecimal number(String text, String key) {
    try {
      return new BigDecimal(text.replace(",", "").strip());
    } catch (NumberFormatException e) {
      throw new ActException(key);
    }
  }

  private static long fen(String text, String key) {
    try {
      long fen = number(text, key).multiply(FEN).longValueExact();
      require(fen > 0, key);
      return fen;
    } catch (ArithmeticException e) {
      throw new ActException(key);
    }
  }

  private static int count(String text, String key) {
    try {
      int count = number(text, key).intValueExact();
      require(count > 0 && count <= 10_000, key);
      return count;
    } catch (ArithmeticException e) {
      throw new ActException(key);
    }
  }

  private static void require(boolean holds, String key) {
    if (!holds) {
      throw new ActException(key);
    }
  }
}
