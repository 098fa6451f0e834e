package dev.zhifu.bank.check;

import dev.zhifu.bank.BankAccount;
import dev.zhifu.bank.BankTransfer;
import dev.zhifu.bank.InMemoryBankCore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a bank's test system holds for a run: six invented accounts, each with one booked credit;
 * one of them the bank has stopped itself. An integrator opens them before the run ({@code zhifu
 * bank check --books} prints them).
 */
public final class Books {
  /** An ordinary account. */
  public static final Entry ORDINARY =
      new Entry(
          "6217010000000900017",
          "王小明",
          "01",
          5_080_000,
          false,
          "CHECK-0001",
          4_980_000,
          "2026-03-02T01:00:00Z");

  /** A name with a middle dot. */
  public static final Entry DOTTED =
      new Entry(
          "6217010000000900025",
          "买买提·艾力",
          "01",
          1_200_000,
          false,
          "CHECK-0002",
          1_200_000,
          "2026-03-02T01:10:00Z");

  /** A freeze lies on it. */
  public static final Entry FROZEN =
      new Entry(
          "6217010000000900033",
          "赵敏",
          "01",
          900_000,
          true,
          "CHECK-0003",
          800_000,
          "2026-03-02T01:20:00Z");

  /** Nothing is left. */
  public static final Entry EMPTY =
      new Entry(
          "6217010000000900041",
          "李强",
          "01",
          0,
          false,
          "CHECK-0004",
          600_000,
          "2026-03-02T01:30:00Z");

  /** A company's. */
  public static final Entry COMPANY =
      new Entry(
          "6217010000000900058",
          "示例商贸有限公司",
          "02",
          33_000_000,
          false,
          "CHECK-0005",
          2_500_000,
          "2026-03-02T01:40:00Z");

  /** The bank has stopped it itself, an hour before the run. */
  public static final Entry OWN_STOPPED =
      new Entry(
          "6217010000000900066",
          "孙丽",
          "01",
          3_600_000,
          false,
          "CHECK-0006",
          3_000_000,
          "2026-03-02T01:50:00Z",
          3_600);

  /** All of them. */
  public static final List<Entry> ALL =
      List.of(ORDINARY, DOTTED, FROZEN, EMPTY, COMPANY, OWN_STOPPED);

  private static final Duration OWN_STOP = Duration.ofHours(48);

  private Books() {}

  /** Opens them in a bank's systems in memory. */
  public static void open(InMemoryBankCore core) {
    for (Entry entry : ALL) {
      core.open(
          new BankAccount(
              entry.number,
              entry.name,
              entry.accountType,
              entry.balanceFen - entry.creditFen,
              entry.frozen));
      core.credit(
          new BankTransfer(
              entry.transactionId, entry.number, entry.creditFen, Instant.parse(entry.bookedAt)));
      if (entry.ownStopSeconds > 0) {
        Instant start = core.now().minusSeconds(entry.ownStopSeconds);
        core.stopByItself(entry.number, start, start.plus(OWN_STOP));
      }
    }
  }

  /**
   * An account and the credit booked on it.
   *
   * @param number of the account
   * @param name of its holder
   * @param accountType 01 personal, 02 corporate
   * @param balanceFen present balance, fen
   * @param frozen whether a freeze lies on it
   * @param transactionId the bank's own id of the credit
   * @param creditFen its amount, fen
   * @param bookedAt when the bank booked it, UTC
   * @param ownStopSeconds how long before the run the bank stopped it itself, for 48 h, seconds; 0:
   *     it has not
   */
  public record Entry(
      String number,
      String name,
      String accountType,
      long balanceFen,
      boolean frozen,
      String transactionId,
      long creditFen,
      String bookedAt,
      long ownStopSeconds) {
    Entry(
        String number,
        String name,
        String accountType,
        long balanceFen,
        boolean frozen,
        String transactionId,
        long creditFen,
        String bookedAt) {
      this(number, name, accountType, balanceFen, frozen, transactionId, creditFen, bookedAt, 0);
    }
  }
}
