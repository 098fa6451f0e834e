package dev.zhifu.rules.features;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The payer account's features of its week, its QR code and its life, as their declarations read;
 * see {@link NaiveFeatures}.
 */
final class NaivePayer {
  private NaivePayer() {}

  static void fill(
      Features features,
      BankTransaction now,
      List<BankTransaction> debits,
      List<BankTransaction> credits) {
    life(features, now, Stream.concat(debits.stream(), credits.stream()));
    qr(features, now, credits);
    List<BankTransaction> withThis = new ArrayList<>(debits);
    if (now.getPhase() != TransactionPhase.REVERSED) {
      withThis.add(now);
    }
    List<BankTransaction> in = credits.stream().filter(NaivePayer::betweenHolders).toList();
    List<BankTransaction> out = withThis.stream().filter(NaivePayer::betweenHolders).toList();
    List<BankTransaction> cash = withThis.stream().filter(NaivePayer::isCash).toList();
    features.setPayerInDegree7d(distinct(in, since(now, 168), BankTransaction::getPayer));
    features.setPayerReceivedFen24h(sum(in, since(now, 24)));
    features.setPayerReceivedFen7d(sum(in, since(now, 168)));
    features.setPayerCashFen24h(sum(cash, since(now, 24)));
    features.setPayerSentFen24h(sum(out, since(now, 24)) + sum(cash, since(now, 24)));
    features.setPayerSentFen7d(sum(out, since(now, 168)) + sum(cash, since(now, 168)));
    if (out.contains(now)) {
      features.setPayerSimilarTransfers7d(
          out.stream()
              .filter(since(now, 168))
              .filter(each -> token(each.getPayee()).equals(token(now.getPayee())))
              .filter(
                  each ->
                      Math.abs(each.getAmountFen() - now.getAmountFen()) * 20 <= now.getAmountFen())
              .count());
    }
  }

  private static void qr(Features features, BankTransaction now, List<BankTransaction> credits) {
    List<BankTransaction> qr =
        credits.stream()
            .filter(each -> each.getKind() == TransactionKind.QR_PAYMENT)
            .filter(since(now, 1))
            .toList();
    features.setPayerQrPayers60m(distinct(qr, each -> true, BankTransaction::getPayer));
    qr.stream()
        .collect(Collectors.groupingBy(BankTransaction::getAmountFen, Collectors.counting()))
        .values()
        .stream()
        .max(Comparator.naturalOrder())
        .ifPresent(most -> features.setPayerQrSameAmountShare60m((double) most / qr.size()));
  }

  private static void life(Features features, BankTransaction now, Stream<BankTransaction> moves) {
    List<Instant> times = moves.map(BankTransaction::getOccurredAt).sorted().toList();
    if (!times.isEmpty()) {
      features.setPayerKnownHours(ChronoUnit.HOURS.between(times.get(0), now.getOccurredAt()));
    }
    for (int i = 1; i < times.size(); i++) {
      Duration silent = Duration.between(times.get(i - 1), times.get(i));
      boolean justBroken = times.get(i).isAfter(now.getOccurredAt().minus(Duration.ofHours(24)));
      if (justBroken && silent.compareTo(Duration.ofHours(24)) >= 0) {
        features.setPayerSilenceDays24h(silent.toDays());
      }
    }
  }

  private static boolean betweenHolders(BankTransaction each) {
    return each.getKind() == TransactionKind.TRANSFER
        && each.getPayer() != null
        && each.getPayee() != null
        && !each.getPayer().getHolderToken().equals(each.getPayee().getHolderToken());
  }

  private static boolean isCash(BankTransaction each) {
    return each.getKind() == TransactionKind.CASH_WITHDRAWAL;
  }

  private static Predicate<BankTransaction> since(BankTransaction now, int hours) {
    return each -> each.getOccurredAt().isAfter(now.getOccurredAt().minus(Duration.ofHours(hours)));
  }

  private static String token(AccountRef account) {
    return account == null ? null : account.getAccountToken();
  }

  private static long distinct(
      List<BankTransaction> moves,
      Predicate<BankTransaction> since,
      Function<BankTransaction, AccountRef> side) {
    return moves.stream().filter(since).map(side).map(NaivePayer::token).distinct().count();
  }

  private static long sum(List<BankTransaction> moves, Predicate<BankTransaction> since) {
    return moves.stream().filter(since).mapToLong(BankTransaction::getAmountFen).sum();
  }
}
