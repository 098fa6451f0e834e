package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A few accounts, victims and transfers drawn from a seed: circles, splits, cash, shops, several
 * victims on one account, transfers undone, losses reported twice, and money that was there before.
 */
final class RandomCity {
  /** One transfer; payer or payee is null for cash. */
  record Transfer(
      String id, long at, long serial, long fen, Party payer, Party payee, Means means) {
    Movement debit() {
      return new Movement(id, at, serial, false, fen, other(payee), means, "", -1 - Long.MAX_VALUE);
    }

    Movement credit() {
      return new Movement(id, at, serial, true, fen, other(payer), means, "", -1 - Long.MAX_VALUE);
    }

    private static Party other(Party party) {
      return party == null ? Party.CASH : party;
    }
  }

  /** One victim's report of some transfers. */
  record Report(String claim, long reportedAt, List<Transfer> losses, boolean byId) {
    long lossFen() {
      return losses.stream().mapToLong(Transfer::fen).sum();
    }

    List<HopMessage> messages() {
      List<HopMessage> messages = new ArrayList<>();
      for (Transfer loss : losses) {
        Edge edge =
            new Edge(
                byId ? loss.id() : "",
                loss.at(),
                loss.fen(),
                loss.payer(),
                loss.payee(),
                loss.means(),
                "");
        messages.add(HopMessage.loss(claim, "case-" + claim, reportedAt, lossFen(), edge, 1));
      }
      return messages;
    }
  }

  final List<Transfer> transfers = new ArrayList<>();
  final Map<String, Long> reversedAt = new HashMap<>();
  final List<Report> reports = new ArrayList<>();
  private final Random random;
  private final boolean ties;
  private final Map<String, Long> balances = new HashMap<>();

  /**
   * Draws a city.
   *
   * @param ties true for times so coarse that many movements fall on one
   */
  RandomCity(long seed, boolean ties) {
    this.random = new Random(seed);
    this.ties = ties;
    draw();
  }

  private void draw() {
    int victims = 1 + random.nextInt(4);
    int mules = 3 + random.nextInt(8);
    List<Party> mule = new ArrayList<>();
    for (int i = 0; i < mules; i++) {
      mule.add(Party.personal("m" + i, "B0" + i % 4));
    }
    Party shop = new Party("shop", "B09", AccountKind.MERCHANT);
    int count = 8 + random.nextInt(40);
    Map<Integer, List<Transfer>> losses = new HashMap<>();
    long at = 1_700_000_000_000L;
    boolean serials = random.nextInt(4) == 0;
    Set<Long> used = new HashSet<>();
    for (int i = 0; i < count; i++) {
      at += ties ? random.nextInt(3) / 2 * 1000L : 1 + random.nextInt(3_000_000);
      int victim = random.nextInt(victims);
      boolean loss = i < 2 || random.nextInt(6) == 0;
      boolean bait = !loss && random.nextInt(12) == 0;
      Party payer = loss ? Party.personal("v" + victim, "B1") : pick(mule);
      Party payee = bait ? Party.personal("v" + victim, "B1") : pick(mule);
      Means means = Means.TRANSFER;
      int way = random.nextInt(14);
      if (!loss && way == 0) {
        payee = null;
        means = Means.atm("atm" + random.nextInt(3));
      } else if (!loss && way == 1) {
        payee = shop;
        means = new Means(TransactionKind.PURCHASE, Channel.POS, false, false, "");
      } else if (!loss && way == 2) {
        payer = null;
        means = Means.atm("atm").with(TransactionKind.CASH_DEPOSIT);
      }
      if (payer != null && payee != null && payer.token().equals(payee.token())) {
        continue;
      }
      long fen = amount(payer, used);
      long serial = serials ? i : Movement.NO_SERIAL;
      Transfer transfer =
          new Transfer(
              "S:" + Integer.toString(random.nextInt(1 << 30), 36) + i,
              at,
              serial,
              fen,
              payer,
              payee,
              means);
      transfers.add(transfer);
      if (payer != null) {
        balances.merge(payer.token(), -fen, Long::sum);
      }
      if (payee != null) {
        balances.merge(payee.token(), fen, Long::sum);
      }
      if (loss) {
        losses.computeIfAbsent(victim, v -> new ArrayList<>()).add(transfer);
      }
      if (random.nextInt(20) == 0) {
        reversedAt.put(transfer.id(), at + random.nextInt(4_000_000));
      }
    }
    long end = at;
    losses.forEach(
        (victim, list) ->
            reports.add(
                new Report(
                    "c" + random.nextInt(1000) + "-" + victim,
                    end - random.nextInt(10_000_000),
                    list,
                    ties || random.nextInt(3) > 0)));
    if (random.nextInt(3) == 0) {
      Report first = reports.get(0);
      reports.add(new Report("again", end + 1, first.losses(), true));
    }
  }

  /** Amounts small enough that rounding matters, or large enough that 64 bits do not do. */
  private long amount(Party payer, Set<Long> used) {
    long balance = payer == null ? 0 : balances.getOrDefault(payer.token(), 0L);
    long fen;
    do {
      fen =
          switch (random.nextInt(6)) {
            case 0 -> 1 + random.nextInt(20);
            case 1 -> Math.max(1, balance);
            case 2 -> Math.max(1, balance / 2) + random.nextInt(5);
            case 3 -> 1 + random.nextInt(100_000);
            default -> 1 + random.nextInt(700);
          };
      if (random.nextInt(200) == 0) {
        fen = 9_000_000_000_000L + random.nextInt(1000);
      }
    } while (ties && !used.add(fen));
    return fen;
  }

  private Party pick(List<Party> parties) {
    return parties.get(random.nextInt(parties.size()));
  }

  boolean counts(Transfer transfer) {
    return !reversedAt.containsKey(transfer.id());
  }
}
