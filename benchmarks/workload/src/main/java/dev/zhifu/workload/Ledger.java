package dev.zhifu.workload;

import dev.zhifu.wire.AccountKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every account and every booking of the twelve banks. Money moves first in first out, so that at
 * any time it is known whose money lies where. Nothing is made or lost here: {@link
 * #checkConserved} says so.
 */
final class Ledger {
  static final int BANKS = 12;

  /**
   * Bookings that the banks can still look up, all together: days of a city of millions, months of
   * the demo's.
   */
  static final int ENTRIES_KEPT = 1 << 22;

  /** Why money moves, as far as attribution cares. */
  enum Flow {
    /** Lots keep their owners. */
    ORDINARY,
    /** A victim pays: what leaves becomes that story's money. */
    LOSS
  }

  /** Both banks' own numbers of one movement; -1 where there is no such side. */
  record Booked(
      int payerEntry,
      int payeeEntry,
      long payerBeforeFen,
      long payeeBeforeFen,
      int payerSerial,
      int payeeSerial) {}

  private final List<Account> accounts = new ArrayList<>();
  private final List<StoryMoney> stories = new ArrayList<>();
  private final Map<Integer, List<Exit>> exits = new HashMap<>();
  private long[] entryFen = new long[1 << 12];
  private long[] entryAt = new long[1 << 12];
  private int[] entryAccount = new int[1 << 12];
  private int entries;
  private long openedFen;
  private long broughtInFen;
  private long takenOutFen;

  Ledger() {
    stories.add(null);
  }

  Account open(
      int bank, Holder holder, AccountKind kind, int openedDay, int level, long balanceFen) {
    Account account = new Account(accounts.size(), bank, holder, kind, openedDay, level);
    account.balanceFen = balanceFen;
    openedFen += balanceFen;
    accounts.add(account);
    return account;
  }

  /** More opening money for an account, before the city lives. */
  void endow(Account account, long fen) {
    account.balanceFen += fen;
    openedFen += fen;
  }

  StoryMoney newStory() {
    StoryMoney money = new StoryMoney(stories.size());
    stories.add(money);
    return money;
  }

  List<Account> accounts() {
    return accounts;
  }

  StoryMoney story(int index) {
    return stories.get(index);
  }

  /** Whether a booking was made and is among the newest that are kept. */
  boolean hasEntry(int entry) {
    return entry >= 0 && entry < entries && entry >= entries - entryFen.length;
  }

  /** Amount of a booking: negative on the account that paid. */
  long entryFen(int entry) {
    return entryFen[slot(entry)];
  }

  long entryAt(int entry) {
    return entryAt[slot(entry)];
  }

  Account entryAccount(int entry) {
    return accounts.get(entryAccount[slot(entry)]);
  }

  /**
   * Moves money. Payer or payee may be null: cash paid in or taken out.
   *
   * @param story the victim's story; read only for {@link Flow#LOSS}
   * @param payeeAt when the payee's bank books it
   */
  Booked book(Account payer, Account payee, long fen, Flow flow, int story, long at, long payeeAt) {
    if (payer != null && payer.balanceFen < fen) {
      throw new IllegalStateException(
          "Account " + payer.index + " has " + payer.balanceFen + " fen and cannot pay " + fen);
    }
    long payerBefore = payer == null ? 0 : payer.balanceFen;
    long payeeBefore = payee == null ? 0 : payee.balanceFen;
    if (payer == null) {
      broughtInFen += fen;
    }
    if (payee == null) {
      takenOutFen += fen;
    }
    if (flow == Flow.LOSS || payer != null && payer.lots != null) {
      moveLots(payer, payee, fen, flow, story, at);
    } else if (payee != null && payee.lots != null) {
      append(payee, 0, fen);
    }
    int payerEntry = payer == null ? -1 : enter(payer, -fen, at);
    int payeeEntry = payee == null ? -1 : enter(payee, fen, payeeAt);
    if (payer != null) {
      payer.balanceFen -= fen;
      payer.serial++;
    }
    if (payee != null) {
      payee.balanceFen += fen;
      payee.serial++;
    }
    return new Booked(
        payerEntry,
        payeeEntry,
        payerBefore,
        payeeBefore,
        payer == null ? 0 : payer.serial,
        payee == null ? 0 : payee.serial);
  }

  private void moveLots(Account payer, Account payee, long fen, Flow flow, int story, long at) {
    List<Lot> taken = takeLots(payer, fen);
    if (flow == Flow.LOSS) {
      stories.get(story).paidFen += fen;
      taken = List.of(new Lot(story, fen, Lot.Kept.NOT));
    }
    boolean victimsMoney = taken.stream().anyMatch(lot -> lot.story != 0);
    if (victimsMoney && payee != null && !payee.inGoodFaith() && payee.lots == null) {
      payee.lots = new ArrayDeque<>();
      append(payee, 0, payee.balanceFen);
    }
    for (Lot lot : taken) {
      arrive(payer, payee, lot.story, lot.fen, at);
    }
  }

  private List<Lot> takeLots(Account payer, long fen) {
    if (payer.lots == null) {
      return List.of(new Lot(0, fen, Lot.Kept.NOT));
    }
    List<Lot> taken = new ArrayList<>(4);
    long left = fen;
    while (left > 0) {
      Lot head = payer.lots.peek();
      long part = Math.min(left, head.fen);
      head.fen -= part;
      left -= part;
      if (head.story != 0 && head.kept != Lot.Kept.NOT) {
        stories.get(head.story).count(head.kept, -part);
      }
      taken.add(new Lot(head.story, part, Lot.Kept.NOT));
      if (head.fen == 0) {
        payer.lots.remove();
      }
    }
    if (payer.lots.stream().allMatch(lot -> lot.story == 0)) {
      payer.lots = null;
    }
    return taken;
  }

  /** On a mule account money keeps its owner; elsewhere its way ends. */
  private void arrive(Account payer, Account payee, int story, long fen, long at) {
    if (payee != null && payee.lots != null) {
      append(payee, story, fen);
    }
    if (story == 0) {
      return;
    }
    StoryMoney money = stories.get(story);
    if (payee == null) {
      money.cashedFen += fen;
      left(new Exit(story, payer, null, fen, at));
      return;
    }
    money.reached.add(payee);
    if (payee.inGoodFaith()) {
      money.goodFaithFen += fen;
      left(new Exit(story, payer, payee, fen, at));
    }
  }

  private void left(Exit exit) {
    exits.computeIfAbsent(exit.story(), story -> new ArrayList<>()).add(exit);
  }

  /** Where a story's money came to its end, in the order in which it did. */
  List<Exit> exitsOf(int story) {
    return exits.getOrDefault(story, List.of());
  }

  private static void append(Account account, int story, long fen) {
    if (fen == 0) {
      return;
    }
    Lot last = account.lots.peekLast();
    if (last != null && last.story == story && last.kept == Lot.Kept.NOT) {
      last.fen += fen;
    } else {
      account.lots.add(new Lot(story, fen, Lot.Kept.NOT));
    }
  }

  /**
   * A stop takes effect: victims' money on the account is kept from now on.
   *
   * @param heldFen how much of it a hold kept in place before; at most that much counts as held
   *     back
   * @return what was newly kept, fen
   */
  long keep(Account account, long heldFen) {
    if (account.lots == null) {
      return 0;
    }
    long heldLeft = heldFen;
    long newly = 0;
    List<Lot> lots = new ArrayList<>(account.lots);
    account.lots.clear();
    for (Lot lot : lots) {
      if (lot.story == 0 || lot.kept != Lot.Kept.NOT) {
        account.lots.add(lot);
        continue;
      }
      newly += lot.fen;
      long held = Math.min(lot.fen, heldLeft);
      heldLeft -= held;
      keepPart(account, lot.story, held, Lot.Kept.HELD_BACK);
      keepPart(account, lot.story, lot.fen - held, Lot.Kept.STOPPED);
    }
    return newly;
  }

  private void keepPart(Account account, int story, long fen, Lot.Kept kept) {
    if (fen > 0) {
      account.lots.add(new Lot(story, fen, kept));
      stories.get(story).count(kept, fen);
    }
  }

  /** A stop is lifted: what lies there is no longer kept. */
  void unkeep(Account account) {
    if (account.lots == null) {
      return;
    }
    for (Lot lot : account.lots) {
      if (lot.kept != Lot.Kept.NOT) {
        stories.get(lot.story).count(lot.kept, -lot.fen);
        lot.kept = Lot.Kept.NOT;
      }
    }
  }

  /** Victims' money on an account now, of all stories. */
  long victimsFen(Account account) {
    return account.lots == null
        ? 0
        : account.lots.stream().filter(lot -> lot.story != 0).mapToLong(lot -> lot.fen).sum();
  }

  private int enter(Account account, long fen, long at) {
    if (entries == entryFen.length && entries < ENTRIES_KEPT) {
      entryFen = Arrays.copyOf(entryFen, entries * 2);
      entryAt = Arrays.copyOf(entryAt, entries * 2);
      entryAccount = Arrays.copyOf(entryAccount, entries * 2);
    }
    int slot = slot(entries);
    entryFen[slot] = fen;
    entryAt[slot] = at;
    entryAccount[slot] = account.index;
    return entries++;
  }

  private int slot(int entry) {
    return entry & entryFen.length - 1;
  }

  /**
   * Checks that no fen was made or lost, over all accounts and within each story.
   *
   * @throws IllegalStateException naming the sum that does not hold
   */
  void checkConserved() {
    long balances = 0;
    for (Account account : accounts) {
      balances += account.balanceFen;
      checkAccount(account);
    }
    if (balances != openedFen + broughtInFen - takenOutFen) {
      throw new IllegalStateException(
          "Balances sum to "
              + balances
              + " fen, but opened "
              + openedFen
              + " + brought in "
              + broughtInFen
              + " - taken out "
              + takenOutFen
              + " gives "
              + (openedFen + broughtInFen - takenOutFen));
    }
    for (StoryMoney money : stories.subList(1, stories.size())) {
      long found = money.cashedFen + money.goodFaithFen + money.onMulesFen();
      if (money.paidFen != found) {
        throw new IllegalStateException(
            "Story "
                + money.story
                + " paid "
                + money.paidFen
                + " fen, of which "
                + found
                + " are found");
      }
    }
  }

  private static void checkAccount(Account account) {
    if (account.balanceFen < 0
        || account.reservedFen < 0
        || account.reservedFen > account.balanceFen) {
      throw new IllegalStateException(
          "Account "
              + account.index
              + " has "
              + account.balanceFen
              + " fen and reserves "
              + account.reservedFen);
    }
    if (account.lots != null) {
      long sum = account.lots.stream().mapToLong(lot -> lot.fen).sum();
      if (sum != account.balanceFen) {
        throw new IllegalStateException(
            "Account " + account.index + " has " + account.balanceFen + " fen but lots of " + sum);
      }
    }
  }
}
