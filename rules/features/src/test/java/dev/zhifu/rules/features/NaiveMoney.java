package dev.zhifu.rules.features;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The features of a holder's own money as their declarations read, over the whole history. */
final class NaiveMoney {
  private static final Set<TransactionKind> DAY_KINDS =
      Set.of(
          TransactionKind.TRANSFER,
          TransactionKind.CASH_WITHDRAWAL,
          TransactionKind.CASH_DEPOSIT,
          TransactionKind.LOAN_DISBURSAL,
          TransactionKind.DEPOSIT_BROKEN);

  /** Whether each transaction went to an account that its payer had not paid for 180 days. */
  private final Map<BankTransaction, Boolean> first = new IdentityHashMap<>();

  /**
   * History sorted by time.
   *
   * @param firstSeen computes payeeFirstSeen from an event and those before it; null without payee
   */
  NaiveMoney(List<EnrichedEvent> history, FirstSeen firstSeen) {
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).getEvent() instanceof BankTransaction transaction) {
        first.put(transaction, firstSeen.of(transaction, history.subList(0, i)));
      }
    }
  }

  /** How {@link NaiveFeatures} computes payeeFirstSeen. */
  interface FirstSeen {
    Boolean of(BankTransaction now, List<EnrichedEvent> before);
  }

  void fill(Features features, BankTransaction now, List<EnrichedEvent> before) {
    if (now.getPayer() == null) {
      return;
    }
    List<BankTransaction> booked =
        transactions(before).filter(each -> each.getPhase() == TransactionPhase.COMPLETED).toList();
    features.setRiskyAppDays60d(riskyApp(now, before));
    boolean transfer = now.getKind() == TransactionKind.TRANSFER;
    boolean cash = now.getKind() == TransactionKind.CASH_WITHDRAWAL;
    if (transfer || cash) {
      day(features, now, booked);
    }
    if (transfer) {
      run(features, now, booked);
      bait(features, now, booked);
      habit(features, now, booked);
    }
    if (cash || now.getKind() == TransactionKind.PURCHASE) {
      cash(features, now, booked);
    }
  }

  private static Stream<BankTransaction> transactions(List<EnrichedEvent> events) {
    return events.stream()
        .map(EnrichedEvent::getEvent)
        .filter(BankTransaction.class::isInstance)
        .map(BankTransaction.class::cast);
  }

  private static Long riskyApp(BankTransaction now, List<EnrichedEvent> before) {
    return before.stream()
        .map(EnrichedEvent::getEvent)
        .filter(TelecomEvent.class::isInstance)
        .map(TelecomEvent.class::cast)
        .filter(each -> now.getPayer().getHolderToken().equals(each.getHolderToken()))
        .filter(
            each ->
                each.getKind() == TelecomKind.URL_HIT
                    || each.getKind() == TelecomKind.APP_SESSION_START
                        && Set.of(AppClass.FRAUD_LISTED, AppClass.OFFSHORE_IM)
                            .contains(each.getAppClass()))
        .map(TelecomEvent::getOccurredAt)
        .max(Comparator.naturalOrder())
        .map(last -> ChronoUnit.DAYS.between(last, now.getOccurredAt()))
        .filter(days -> days < 60)
        .orElse(null);
  }

  private static void day(Features features, BankTransaction now, List<BankTransaction> booked) {
    Predicate<AccountRef> same = side -> side != null && token(side).equals(token(now.getPayer()));
    List<BankTransaction> ofAccount =
        booked.stream()
            .filter(each -> DAY_KINDS.contains(each.getKind()))
            .filter(within(now, Duration.ofDays(1)))
            .filter(
                each -> same.test(each.getPayer()) && debits(each) || same.test(each.getPayee()))
            .toList();
    AccountRef earliest =
        ofAccount.isEmpty()
            ? now.getPayer()
            : same.test(ofAccount.get(0).getPayer()) && debits(ofAccount.get(0))
                ? ofAccount.get(0).getPayer()
                : ofAccount.get(0).getPayee();
    long out =
        Stream.concat(ofAccount.stream(), counting(now))
            .filter(each -> same.test(each.getPayer()) && leaves(each))
            .mapToLong(BankTransaction::getAmountFen)
            .sum();
    Long balance = earliest.getBalanceBeforeFen();
    features.setAccountBalanceDayAgoFen(balance);
    features.setDrainedShare24h(balance == null || balance == 0 ? null : (double) out / balance);
  }

  private static boolean debits(BankTransaction each) {
    return each.getKind() == TransactionKind.TRANSFER
        || each.getKind() == TransactionKind.CASH_WITHDRAWAL;
  }

  private static boolean leaves(BankTransaction each) {
    return each.getKind() == TransactionKind.CASH_WITHDRAWAL
        || each.getKind() == TransactionKind.TRANSFER && toOther(each);
  }

  private static Stream<BankTransaction> counting(BankTransaction now) {
    return now.getPhase() == TransactionPhase.REVERSED ? Stream.empty() : Stream.of(now);
  }

  private boolean isNew(BankTransaction each, List<BankTransaction> earlier) {
    return toOther(each)
        && (first.get(each)
            || earlier.stream()
                .filter(within(each, Duration.ofDays(1)))
                .filter(paid -> toOther(paid) && sameHolder(paid, each) && first.get(paid))
                .anyMatch(paid -> token(paid.getPayee()).equals(token(each.getPayee()))));
  }

  private void run(Features features, BankTransaction now, List<BankTransaction> booked) {
    if (now.getPhase() == TransactionPhase.REVERSED || !isNew(now, booked)) {
      return;
    }
    List<BankTransaction> paid =
        booked.stream()
            .filter(each -> toOther(each) && sameHolder(each, now))
            .filter(each -> isNew(each, booked.subList(0, booked.indexOf(each))))
            .filter(within(now, Duration.ofDays(1)))
            .collect(Collectors.toList());
    features.setNewPayeeFen60m(
        Stream.concat(paid.stream().filter(within(now, Duration.ofHours(1))), Stream.of(now))
            .mapToLong(BankTransaction::getAmountFen)
            .sum());
    Instant credit =
        booked.stream()
            .filter(each -> each.getKind() == TransactionKind.LOAN_DISBURSAL || toOther(each))
            .filter(each -> creditsHolder(each, now))
            .map(BankTransaction::getOccurredAt)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    List<Long> amounts =
        paid.stream()
            .filter(each -> each.getOccurredAt().isAfter(credit))
            .map(BankTransaction::getAmountFen)
            .collect(Collectors.toList());
    amounts.add(now.getAmountFen());
    Collections.reverse(amounts);
    int length = 1;
    while (length < amounts.size() && amounts.get(length) < amounts.get(length - 1)) {
      length++;
    }
    features.setRisingNewPayees24h((long) length);
    features.setRisingFirstFen24h(amounts.get(length - 1));
  }

  private void bait(Features features, BankTransaction now, List<BankTransaction> booked) {
    for (BankTransaction out : booked) {
      boolean small =
          toOther(out) && sameHolder(out, now) && first.get(out) && out.getAmountFen() <= 500_000;
      if (small && within(now, Duration.ofDays(60)).test(out) && cameBack(out, booked)) {
        features.setBaitFen60d(out.getAmountFen());
        features.setBaitDays60d(ChronoUnit.DAYS.between(out.getOccurredAt(), now.getOccurredAt()));
        return;
      }
    }
  }

  private boolean cameBack(BankTransaction out, List<BankTransaction> booked) {
    return booked.subList(booked.indexOf(out) + 1, booked.size()).stream()
        .filter(in -> toOther(in) && creditsHolder(in, out) && first.get(in))
        .filter(in -> in.getOccurredAt().isBefore(out.getOccurredAt().plus(Duration.ofDays(7))))
        .anyMatch(
            in ->
                in.getAmountFen() * 2 >= out.getAmountFen()
                    && in.getAmountFen() <= out.getAmountFen() * 2);
  }

  private static void habit(Features features, BankTransaction now, List<BankTransaction> booked) {
    List<Long> amounts =
        newest(booked.stream().filter(each -> toOther(each) && sameHolder(each, now)).toList())
            .stream()
            .filter(within(now, Duration.ofDays(90)))
            .map(BankTransaction::getAmountFen)
            .sorted()
            .toList();
    features.setTransferMedianFen90d(
        amounts.size() < 3 ? null : amounts.get((amounts.size() - 1) / 2));
  }

  private static void cash(Features features, BankTransaction now, List<BankTransaction> booked) {
    List<BankTransaction> drawn =
        newest(
            booked.stream()
                .filter(each -> each.getKind() == TransactionKind.CASH_WITHDRAWAL)
                .filter(each -> sameHolder(each, now))
                .toList());
    List<BankTransaction> earlier =
        drawn.stream()
            .filter(within(now, Duration.ofDays(90)))
            .filter(within(now, Duration.ofDays(1)).negate())
            .toList();
    long sum = earlier.stream().mapToLong(BankTransaction::getAmountFen).sum();
    features.setCashMeanFen90d(earlier.isEmpty() ? null : Long.valueOf(sum / earlier.size()));
    if (now.getKind() == TransactionKind.CASH_WITHDRAWAL) {
      features.setCashFen24h(
          Stream.concat(drawn.stream().filter(within(now, Duration.ofDays(1))), counting(now))
              .mapToLong(BankTransaction::getAmountFen)
              .sum());
    }
  }

  private static List<BankTransaction> newest(List<BankTransaction> all) {
    return all.subList(Math.max(0, all.size() - 16), all.size());
  }

  private static Predicate<BankTransaction> within(BankTransaction now, Duration window) {
    return each -> each.getOccurredAt().isAfter(now.getOccurredAt().minus(window));
  }

  private static boolean toOther(BankTransaction each) {
    return each.getKind() == TransactionKind.TRANSFER
        && each.getPayer() != null
        && each.getPayee() != null
        && !each.getPayer().getHolderToken().equals(each.getPayee().getHolderToken());
  }

  private static boolean sameHolder(BankTransaction one, BankTransaction two) {
    return one.getPayer() != null
        && one.getPayer().getHolderToken().equals(two.getPayer().getHolderToken());
  }

  private static boolean creditsHolder(BankTransaction credit, BankTransaction debit) {
    return credit.getPayee() != null
        && Objects.equals(credit.getPayee().getHolderToken(), debit.getPayer().getHolderToken());
  }

  private static String token(AccountRef account) {
    return account.getAccountToken();
  }
}
