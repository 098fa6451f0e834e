package dev.zhifu.rules.money;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What moved on one account in one day of event time (UTC), and which movements were undone in it.
 * One state value: a movement costs one read and one write of its own day, however long the
 * account's history. Late movements go where their event time belongs; copies are dropped.
 *
 * <p>Mutable, owned by one thread.
 */
public final class LedgerDay {
  /** Length of a day, milliseconds. */
  public static final long DAY_MS = 86_400_000L;

  /** Most entries of a day; a hub that passes it is marked {@link #overflowed()}. */
  public static final int MOST = 2_000;

  private static final int VERSION = 1;
  private static final int CREDIT = 1;
  private static final int SERIAL = 2;
  private static final int BALANCE = 4;
  private static final int BANK_ID = 8;
  private static final int ATM = 16;
  private static final int VIRTUAL = 32;
  private static final int ABROAD = 64;
  private static final int SAME_BANK_ID = 128;
  private static final int NIBBLE = 4;
  private static final AccountKind[] KINDS = AccountKind.values();
  private static final TransactionKind[] MOVES = TransactionKind.values();
  private static final Channel[] CHANNELS = Channel.values();

  private final List<Movement> movements = new ArrayList<>();
  private final TreeSet<String> reversed = new TreeSet<>();
  private boolean overflowed;

  /** What a movement turned out to be. */
  public enum Verdict {
    /** First of its id, and kept. */
    NEW,
    /** Known already: dropped. */
    COPY,
    /** Same id, other content: the first stands. */
    CONTRADICTION,
    /** The day is full: not kept, and the day says so from now on. */
    FULL
  }

  /** The day of an event time. */
  public static long dayOf(long atMs) {
    return Math.floorDiv(atMs, DAY_MS);
  }

  /** Puts a movement at its place in the total order. */
  public Verdict add(Movement movement) {
    for (Movement known : movements) {
      if (known.id().equals(movement.id())) {
        return known.equals(movement) ? Verdict.COPY : Verdict.CONTRADICTION;
      }
    }
    if (isFull()) {
      overflowed = true;
      return Verdict.FULL;
    }
    // Movements come nearly in order, so that the place is near the end.
    int at = movements.size();
    while (at > 0 && Movement.ORDER.compare(movements.get(at - 1), movement) > 0) {
      at--;
    }
    movements.add(at, movement);
    return Verdict.NEW;
  }

  /**
   * Notes that a transaction was undone; its movement may be of an earlier day, or still to come.
   */
  public Verdict reverse(String id) {
    if (reversed.contains(id)) {
      return Verdict.COPY;
    }
    if (isFull()) {
      overflowed = true;
      return Verdict.FULL;
    }
    reversed.add(id);
    return Verdict.NEW;
  }

  private boolean isFull() {
    return movements.size() + reversed.size() >= MOST;
  }

  /** Movements in the total order. */
  public List<Movement> movements() {
    return Collections.unmodifiableList(movements);
  }

  /** Ids of the transactions that were undone on this day. */
  public Set<String> reversed() {
    return Collections.unmodifiableSet(reversed);
  }

  /** True when something of this day was not kept, for want of room. */
  public boolean overflowed() {
    return overflowed;
  }

  /** The day as one value, its version first. */
  public byte[] toBytes() {
    Bytes.Out out = new Bytes.Out();
    out.raw(VERSION);
    out.raw(overflowed ? 1 : 0);
    Map<Party, Integer> parties = new LinkedHashMap<>();
    Map<String, Integer> words = new LinkedHashMap<>();
    for (Movement movement : movements) {
      parties.putIfAbsent(movement.other(), parties.size());
      words.putIfAbsent(movement.other().bank(), words.size());
      words.putIfAbsent(source(movement.id()), words.size());
    }
    out.unsigned(words.size());
    words.keySet().forEach(out::text);
    out.unsigned(parties.size());
    for (Party party : parties.keySet()) {
      out.text(party.token());
      out.unsigned(words.get(party.bank()));
      out.raw(party.kind().ordinal());
    }
    out.unsigned(movements.size());
    long before = 0;
    for (Movement movement : movements) {
      write(out, movement, movement.at() - before, parties, words);
      before = movement.at();
    }
    out.unsigned(reversed.size());
    reversed.forEach(out::text);
    return out.toBytes();
  }

  private static void write(
      Bytes.Out out,
      Movement movement,
      long sincePrevious,
      Map<Party, Integer> parties,
      Map<String, Integer> words) {
    Means means = movement.means();
    String ownId = movement.id().substring(source(movement.id()).length());
    boolean otherBankId =
        !movement.bankId().isEmpty() && !movement.bankId().equals(transaction(movement.id()));
    boolean sameBankId = !movement.bankId().isEmpty() && !otherBankId;
    out.raw(
        (movement.credit() ? CREDIT : 0)
            | (movement.hasSerial() ? SERIAL : 0)
            | (movement.hasBalance() ? BALANCE : 0)
            | (otherBankId ? BANK_ID : 0)
            | (means.atm().isEmpty() ? 0 : ATM)
            | (means.virtualCurrency() ? VIRTUAL : 0)
            | (means.crossBorder() ? ABROAD : 0)
            | (sameBankId ? SAME_BANK_ID : 0));
    out.raw(means.kind().ordinal() << NIBBLE | means.channel().ordinal());
    out.unsigned(sincePrevious);
    out.unsigned(movement.fen());
    out.unsigned(parties.get(movement.other()));
    out.unsigned(words.get(source(movement.id())));
    out.raw(ownId.isEmpty() ? 0 : 1);
    if (!ownId.isEmpty()) {
      out.text(transaction(movement.id()));
    }
    if (movement.hasSerial()) {
      out.number(movement.serial());
    }
    if (movement.hasBalance()) {
      out.number(movement.balanceBefore());
    }
    if (otherBankId) {
      out.text(movement.bankId());
    }
    if (!means.atm().isEmpty()) {
      out.text(means.atm());
    }
  }

  /** Source of an id: what stands before its first colon; all of it when there is none. */
  private static String source(String id) {
    int colon = id.indexOf(':');
    return colon < 0 ? id : id.substring(0, colon);
  }

  private static String transaction(String id) {
    return id.substring(Math.min(id.length(), source(id).length() + 1));
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalStateException when the value is damaged or of a later version
   */
  public static LedgerDay of(byte[] bytes) {
    LedgerDay day = new LedgerDay();
    Bytes.In in = new Bytes.In(bytes, "A ledger day");
    in.version(VERSION);
    day.overflowed = in.raw() == 1;
    String[] words = new String[in.count()];
    for (int i = 0; i < words.length; i++) {
      words[i] = in.text();
    }
    Party[] parties = new Party[in.count()];
    for (int i = 0; i < parties.length; i++) {
      parties[i] = new Party(in.text(), words[(int) in.unsigned()], KINDS[in.raw()]);
    }
    int count = in.count();
    long at = 0;
    Map<String, String> shared = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Movement movement = read(in, at, parties, words, shared);
      at = movement.at();
      day.movements.add(movement);
    }
    int undone = in.count();
    for (int i = 0; i < undone; i++) {
      day.reversed.add(in.text());
    }
    return day;
  }

  private static Movement read(
      Bytes.In in, long before, Party[] parties, String[] words, Map<String, String> shared) {
    int flags = in.raw();
    int how = in.raw();
    long at = before + in.unsigned();
    long fen = in.unsigned();
    Party other = parties[(int) in.unsigned()];
    String source = words[(int) in.unsigned()];
    String own = in.raw() == 0 ? null : in.text();
    long serial = (flags & SERIAL) == 0 ? Movement.NO_SERIAL : in.number();
    long balance = (flags & BALANCE) == 0 ? Movement.NO_BALANCE : in.number();
    String bankId = (flags & BANK_ID) == 0 ? (flags & SAME_BANK_ID) == 0 ? "" : own : in.text();
    String atm = (flags & ATM) == 0 ? "" : shared.computeIfAbsent(in.text(), text -> text);
    Means means =
        new Means(
            MOVES[how >> NIBBLE],
            CHANNELS[how & 0xf],
            (flags & VIRTUAL) != 0,
            (flags & ABROAD) != 0,
            atm);
    return new Movement(
        own == null ? source : source + ':' + own,
        at,
        serial,
        (flags & CREDIT) != 0,
        fen,
        other,
        means.equals(Means.TRANSFER) ? Means.TRANSFER : means,
        bankId,
        balance);
  }
}
