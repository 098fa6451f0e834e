package dev.zhifu.schemas.events;

import dev.zhifu.wire.AccountRef;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Checks one account as a message names it. */
final class AccountCheck {

  /** Longest ciphertext, bytes: a name and a number with the wrapped key take a few hundred. */
  static final int LONGEST_CIPHER = 4096;

  private static final int OLDEST_HOLDER = 130;
  private static final LocalDate FIRST_OPENING = LocalDate.of(1900, 1, 1);
  private static final int REGION_DIGITS = 6;

  private AccountCheck() {}

  /**
   * @param path where the account stands in the record, for example {@code payer}
   * @param account the account, not null
   * @param at event time of the record
   */
  static void run(String path, AccountRef account, Instant at, Findings findings) {
    findings.inside(path);
    findings.token("accountToken", account.getAccountToken());
    findings.bank("bank", account.getBank());
    findings.optionalToken("holderToken", account.getHolderToken());
    if (account.getCipher() != null) {
      findings.oversized("cipher", account.getCipher().remaining(), LONGEST_CIPHER);
    }
    if (account.getBalanceBeforeFen() != null) {
      findings.size("balanceBeforeFen", account.getBalanceBeforeFen());
    }
    age("holderAgeYears", account.getHolderAgeYears(), findings);
    region("region", account.getRegion(), findings);
    openedOn("openedOn", account.getOpenedOn(), at, findings);
    findings.inside("");
  }

  static void region(String field, String region, Findings findings) {
    findings.require(
        region == null || isSixDigits(region),
        field,
        region,
        "a division is six digits (GB/T 2260)");
  }

  private static boolean isSixDigits(String region) {
    return region.length() == REGION_DIGITS
        && region.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private static void age(String field, Integer years, Findings findings) {
    findings.require(
        years == null || (years >= 0 && years <= OLDEST_HOLDER),
        field,
        years,
        "an age is 0 to " + OLDEST_HOLDER + " years");
  }

  private static void openedOn(String field, LocalDate day, Instant at, Findings findings) {
    if (day == null || at == null || !findings.clean()) {
      return;
    }
    // The bank's calendar runs ahead of UTC, so the day after the event's UTC day is still
    // possible.
    LocalDate last = at.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1);
    if (day.isBefore(FIRST_OPENING) || day.isAfter(last)) {
      findings.absurdTime(
          field, day, "an account is opened from " + FIRST_OPENING + " to the day of the event");
    }
  }
}
