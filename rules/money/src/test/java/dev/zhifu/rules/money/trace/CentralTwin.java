package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.trace.RandomCity.Report;
import dev.zhifu.rules.money.trace.RandomCity.Transfer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The same question answered another way: one walk over all transfers of the city in time, every
 * account a queue of money by owner, no messages, no accounts on their own, no replays. For cities
 * without ties.
 */
final class CentralTwin {
  private static final String NOBODY = "~";

  /** The same for every fraction: with as many digits in all, equal remainders were not equal. */
  private static final int DECIMALS = 40;

  /** Claimed fen by "claim@transfer id" and "claim@account". */
  final Map<String, Long> inTransfer = new TreeMap<>();

  final Map<String, Long> onAccount = new TreeMap<>();
  private final boolean fifo;
  private final Map<String, LinkedList<TreeMap<String, Long>>> queues = new HashMap<>();

  CentralTwin(RandomCity city, boolean fifo) {
    this.fifo = fifo;
    List<Transfer> valid =
        city.transfers.stream()
            .filter(city::counts)
            .sorted(Comparator.comparingLong(Transfer::at))
            .toList();
    openings(valid);
    Map<String, String> lossOf = losses(city);
    Map<String, String> victimAccount = new HashMap<>();
    for (Report report : city.reports) {
      victimAccount.put(report.claim(), report.losses().get(0).payer().token());
    }
    for (Transfer transfer : valid) {
      move(transfer, lossOf.get(transfer.id()), victimAccount);
    }
    queues.forEach(
        (account, queue) ->
            queue.forEach(
                parcel ->
                    parcel.forEach(
                        (owner, fen) -> {
                          if (!owner.equals(NOBODY)) {
                            onAccount.merge(owner + "@" + account, fen, Long::sum);
                          }
                        })));
  }

  /** Earliest report of each transfer. */
  private static Map<String, String> losses(RandomCity city) {
    Map<String, String> lossOf = new HashMap<>();
    Map<String, Long> when = new HashMap<>();
    for (Report report : city.reports) {
      for (Transfer loss : report.losses()) {
        Long known = when.get(loss.id());
        if (known == null || report.reportedAt() < known) {
          when.put(loss.id(), report.reportedAt());
          lossOf.put(loss.id(), report.claim());
        }
      }
    }
    return lossOf;
  }

  private void openings(List<Transfer> valid) {
    Map<String, Long> net = new HashMap<>();
    Map<String, Long> deepest = new HashMap<>();
    for (Transfer transfer : valid) {
      if (transfer.payer() != null) {
        long now = net.merge(transfer.payer().token(), -transfer.fen(), Long::sum);
        deepest.merge(transfer.payer().token(), now, Math::min);
      }
      if (transfer.payee() != null) {
        net.merge(transfer.payee().token(), transfer.fen(), Long::sum);
      }
    }
    deepest.forEach(
        (account, low) -> {
          if (low < 0) {
            put(account, new TreeMap<>(Map.of(NOBODY, -low)));
          }
        });
  }

  private void move(Transfer transfer, String lossOf, Map<String, String> victimAccount) {
    TreeMap<String, Long> parcel =
        transfer.payer() == null
            ? new TreeMap<>(Map.of(NOBODY, transfer.fen()))
            : take(transfer.payer().token(), transfer.fen());
    Set<String> ended = new HashSet<>();
    String payee = transfer.payee() == null ? null : transfer.payee().token();
    boolean end = payee == null || payee.equals("shop");
    for (String owner : parcel.keySet()) {
      if (!owner.equals(NOBODY)) {
        inTransfer.put(owner + "@" + transfer.id(), parcel.get(owner));
        if (end || payee.equals(victimAccount.get(owner))) {
          ended.add(owner);
        }
      }
    }
    for (String owner : ended) {
      parcel.merge(NOBODY, parcel.remove(owner), Long::sum);
    }
    if (payee == null) {
      return;
    }
    if (lossOf != null) {
      Long nobodys = parcel.remove(NOBODY);
      if (nobodys != null) {
        parcel.merge(lossOf, nobodys, Long::sum);
      }
    }
    put(payee, parcel);
  }

  private void put(String account, TreeMap<String, Long> parcel) {
    LinkedList<TreeMap<String, Long>> queue =
        queues.computeIfAbsent(account, token -> new LinkedList<>());
    if (fifo || queue.isEmpty()) {
      queue.add(parcel);
    } else {
      parcel.forEach((owner, fen) -> queue.get(0).merge(owner, fen, Long::sum));
    }
  }

  private TreeMap<String, Long> take(String account, long fen) {
    TreeMap<String, Long> taken = new TreeMap<>();
    LinkedList<TreeMap<String, Long>> queue = queues.get(account);
    long left = fen;
    while (left > 0) {
      TreeMap<String, Long> first = queue.get(0);
      long size = first.values().stream().mapToLong(Long::longValue).sum();
      TreeMap<String, Long> part = left >= size ? new TreeMap<>(first) : split(first, size, left);
      part.forEach((owner, gone) -> taken.merge(owner, gone, Long::sum));
      part.forEach((owner, gone) -> first.merge(owner, -gone, Long::sum));
      first.values().removeIf(value -> value == 0);
      if (first.isEmpty()) {
        queue.remove(0);
      }
      left -= Math.min(left, size);
    }
    taken.values().removeIf(value -> value == 0);
    return taken;
  }

  /** Hamilton's apportionment, in decimal fractions. */
  private static TreeMap<String, Long> split(TreeMap<String, Long> held, long size, long fen) {
    TreeMap<String, Long> part = new TreeMap<>();
    Map<String, BigDecimal> rests = new HashMap<>();
    long given = 0;
    for (Map.Entry<String, Long> entry : held.entrySet()) {
      BigDecimal exact =
          new BigDecimal(BigInteger.valueOf(fen).multiply(BigInteger.valueOf(entry.getValue())))
              .divide(BigDecimal.valueOf(size), DECIMALS, RoundingMode.DOWN);
      long whole = exact.longValue();
      part.put(entry.getKey(), whole);
      rests.put(entry.getKey(), exact.subtract(BigDecimal.valueOf(whole)));
      given += whole;
    }
    List<String> order = new ArrayList<>(held.keySet());
    order.sort(
        Comparator.comparing((String owner) -> rests.get(owner))
            .thenComparing(held::get)
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    for (int i = 0; i < fen - given; i++) {
      part.merge(order.get(i), 1L, Long::sum);
    }
    return part;
  }
}
