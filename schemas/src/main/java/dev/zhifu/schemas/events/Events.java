package dev.zhifu.schemas.events;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;

/**
 * Short ways to the parts of an event that every operator asks for. Tokens are null where the event
 * has none.
 */
public final class Events {

  private static final int SHOWN = 4;

  private Events() {}

  /**
   * Event time in UTC milliseconds.
   *
   * @param record an ingress record or an enriched event; a report's time is when the victim
   *     reported
   * @throws IllegalArgumentException if it is none of these
   */
  public static long occurredAtMs(Object record) {
    return occurredAt(record).toEpochMilli();
  }

  /** Event time; see {@link #occurredAtMs}. */
  public static Instant occurredAt(Object record) {
    if (record instanceof EnrichedEvent enriched) {
      return enriched.getOccurredAt();
    }
    if (record instanceof BankTransaction transaction) {
      return transaction.getOccurredAt();
    }
    if (record instanceof TelecomEvent telecom) {
      return telecom.getOccurredAt();
    }
    if (record instanceof BankAccessEvent access) {
      return access.getOccurredAt();
    }
    if (record instanceof VictimReport report) {
      return report.getReportedAt();
    }
    throw new IllegalArgumentException(
        (record == null ? "null" : record.getClass().getSimpleName()) + " has no event time here");
  }

  /** The transaction inside, or null when the event is another kind. */
  public static BankTransaction transaction(EnrichedEvent event) {
    return event.getEvent() instanceof BankTransaction transaction ? transaction : null;
  }

  /** Token of the account that pays. */
  public static String payerToken(EnrichedEvent event) {
    BankTransaction transaction = transaction(event);
    return transaction == null ? null : token(transaction.getPayer());
  }

  /** Token of the account that is paid. */
  public static String payeeToken(EnrichedEvent event) {
    BankTransaction transaction = transaction(event);
    return transaction == null ? null : token(transaction.getPayee());
  }

  /** Token of the account accessed; null for other events. */
  public static String accessedToken(EnrichedEvent event) {
    return event.getEvent() instanceof BankAccessEvent access ? token(access.getAccount()) : null;
  }

  /**
   * Holder whom the event is about: the payer's of a transaction (none where nobody pays), the
   * owner of a number, the holder of an account accessed.
   */
  public static String holderToken(EnrichedEvent event) {
    Object inner = event.getEvent();
    if (inner instanceof BankTransaction transaction) {
      return holder(transaction.getPayer());
    }
    if (inner instanceof TelecomEvent telecom) {
      return telecom.getHolderToken();
    }
    return holder(((BankAccessEvent) inner).getAccount());
  }

  /** Holder of the account that is paid; null for other events. */
  public static String payeeHolderToken(EnrichedEvent event) {
    BankTransaction transaction = transaction(event);
    return transaction == null ? null : holder(transaction.getPayee());
  }

  /** The account's token, or null without an account. */
  public static String token(AccountRef account) {
    return account == null ? null : account.getAccountToken();
  }

  /** The account's holder token, or null without an account or where the bank does not give it. */
  public static String holder(AccountRef account) {
    return account == null ? null : account.getHolderToken();
  }

  /**
   * A token as logs may show it: an ellipsis and its last four characters; of short ones nothing.
   */
  public static String mask(String token) {
    if (token == null) {
      return "none";
    }
    return token.length() <= SHOWN ? "…" : "…" + token.substring(token.length() - SHOWN);
  }
}
