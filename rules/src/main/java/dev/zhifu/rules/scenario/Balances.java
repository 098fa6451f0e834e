package dev.zhifu.rules.scenario;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TransactionPhase;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives every movement the balance that its account had right before, where the accounts table says
 * what it began with.
 */
final class Balances {
  private final Cast cast;
  private final Map<String, Long> known = new HashMap<>();

  private Balances(Cast cast) {
    this.cast = cast;
  }

  /**
   * Fills in the events, in the order of event time: a bank knows its balance whenever the message
   * arrives.
   */
  static void fill(Collection<EnrichedEvent> events, Cast cast) {
    Balances balances = new Balances(cast);
    List<BankTransaction> sorted =
        events.stream()
            .map(EnrichedEvent::getEvent)
            .filter(BankTransaction.class::isInstance)
            .map(BankTransaction.class::cast)
            .sorted(Comparator.comparing(BankTransaction::getOccurredAt))
            .toList();
    sorted.forEach(balances::fill);
  }

  private void fill(BankTransaction transaction) {
    boolean booked = transaction.getPhase() == TransactionPhase.COMPLETED;
    move(transaction.getPayer(), booked ? -transaction.getAmountFen() : 0);
    move(transaction.getPayee(), booked ? transaction.getAmountFen() : 0);
  }

  private void move(AccountRef account, long fen) {
    if (account == null) {
      return;
    }
    String role = cast.names().get(account.getAccountToken());
    Long before = known.containsKey(role) ? known.get(role) : cast.account(role).balanceFen();
    // A row may say that less was available than was booked, as when the bank keeps a part back.
    if (account.getBalanceBeforeFen() == null) {
      account.setBalanceBeforeFen(before);
    }
    if (before != null) {
      known.put(role, before + fen);
    }
  }
}
