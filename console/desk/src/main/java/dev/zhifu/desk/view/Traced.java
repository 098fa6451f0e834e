package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.money.trace.End;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.TraceAccount;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceEnd;
import dev.zhifu.wire.TraceIn;
import dev.zhifu.wire.TraceOut;
import dev.zhifu.wire.TraceParty;
import dev.zhifu.wire.TraceStanding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the recovery job's trace says of a case, by the newest word of each account. */
public final class Traced {
  /** Ends at people who had nothing to do with it: no stop is asked for there (docs/trace.md). */
  public static final Set<TraceEnd> NOT_TO_STOP =
      EnumSet.of(
          TraceEnd.MERCHANT, TraceEnd.PAYROLL, TraceEnd.PUBLIC, TraceEnd.POOLED, TraceEnd.HUB);

  /** Accounts that the trace of a case is summed over. */
  public static final int ACCOUNTS_MAX = 500;

  /** Transfers of others who may be victims that a page shows. */
  public static final int SUSPECTS_MAX = 20;

  private final Store store;

  /** Reads from {@code store}. */
  public Traced(Store store) {
    this.store = store;
  }

  /** The trace of a case; empty while it says nothing. */
  public Optional<Trace> of(FraudCase about) {
    List<TraceCase> words =
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select body from seen.trace_account where case_id = ? or claim = ?"
                                + " order by level, number limit "
                                + (ACCOUNTS_MAX + 1))
                        .bind(0, about.getCaseId())
                        .bind(1, about.getReportId())
                        .mapTo(byte[].class)
                        .list())
            .stream()
            .map(body -> Bodies.read(body, TraceCase.class))
            .toList();
    return words.isEmpty() ? Optional.empty() : Optional.of(trace(Part.of(words, ACCOUNTS_MAX)));
  }

  /**
   * What each of these accounts states, by token; of several claims the one with the most money.
   */
  public Map<String, TraceAccount> accounts(Collection<String> tokens) {
    Map<String, TraceAccount> all = new LinkedHashMap<>();
    store
        .records(
            TraceCase.class,
            "select distinct on (account_token) body from seen.trace_account where account_token ="
                + " any(?) and level > 0 order by account_token, there_fen desc, claim desc",
            (Object) tokens.toArray(String[]::new))
        .stream()
        .map(TraceCase::getAccount)
        .forEach(one -> all.put(one.getAccount().getAccountToken(), one));
    return all;
  }

  /**
   * What a second of work on each account is likely to keep, by token; of several claims the most
   * urgent one. Accounts that nothing is asked for are left out.
   */
  public Map<String, Urgent> urgent(Collection<String> tokens) {
    Map<String, Urgent> all = new LinkedHashMap<>();
    store
        .rows(
            (row, context) ->
                new Urgent(
                    row.getString("account_token"),
                    row.getInt("level"),
                    row.getLong("there_fen"),
                    row.getDouble("urgency")),
            """
            select distinct on (account_token) account_token, level, there_fen, urgency
            from seen.follow_on where holds and account_token = any(?)
            order by account_token, urgency desc, claim\
            """,
            (Object) tokens.toArray(String[]::new))
        .forEach(one -> all.put(one.account(), one));
    return all;
  }

  /**
   * How urgent a stop behind the reported account is: it orders and decides nothing (ADR-0086).
   *
   * @param account its token
   * @param level transfers from the victim, 2 for the first behind the reported account
   * @param thereFen traced money still there at least
   * @param fenPerSecond of it, likely to be kept by a second of work
   */
  public record Urgent(String account, int level, long thereFen, double fenPerSecond) {}

  private static Trace trace(Part<TraceCase> words) {
    List<Held> held = new ArrayList<>();
    List<TraceEdge> losses = new ArrayList<>();
    List<Ended> ended = new ArrayList<>();
    Set<String> faults = new LinkedHashSet<>();
    boolean complete = true;
    Map<String, TraceCase> newest = new LinkedHashMap<>();
    Map<String, TraceEdge> suspects = new LinkedHashMap<>();
    for (TraceCase word : words.list()) {
      newest.merge(
          word.getClaim(), word, (one, other) -> one.getNumber() > other.getNumber() ? one : other);
      TraceAccount account = word.getAccount();
      if (account.getLevel() > 0) {
        held.add(
            new Held(
                account.getAccount(),
                account.getLevel(),
                account.getRemaining().getLowFen(),
                account.getRemaining().getHighFen(),
                account.getBalanceFen()));
      }
      account.getSuspects().forEach(edge -> suspects.put(edge.getTransferId(), edge));
      account.getInflows().stream()
          .filter(TraceIn::getLoss)
          .map(TraceIn::getEdge)
          .forEach(losses::add);
      for (TraceOut out : account.getOutflows()) {
        if (out.getEnd() != TraceEnd.FOLLOWED) {
          ended.add(
              new Ended(
                  word.getClaim(),
                  account.getLevel() + 1,
                  out.getEdge(),
                  out.getEnd(),
                  out.getShare().getLowFen(),
                  out.getShare().getHighFen()));
        }
      }
    }
    for (TraceCase word : newest.values()) {
      complete &= word.getTotals().getComplete();
      faults.addAll(word.getTotals().getFaults());
    }
    // What one claim counts as a stranger's payment may be another claim's loss.
    losses.forEach(loss -> suspects.remove(loss.getTransferId()));
    return new Trace(
        held,
        losses,
        ended,
        held.stream().mapToInt(Held::level).max().orElse(0),
        held.stream().mapToLong(Held::lowFen).sum(),
        held.stream().mapToLong(Held::highFen).sum(),
        complete,
        List.copyOf(faults),
        suspects.values().stream()
            .sorted(Comparator.comparing(TraceEdge::getAmountFen).reversed())
            .toList(),
        words.more());
  }

  /** The newest transfer that brought claimed money to an account; empty when none is known. */
  public static Optional<TraceIn> newestArrival(TraceAccount account) {
    return account.getInflows().stream()
        .filter(
            in -> in.getStanding() == TraceStanding.HOP || in.getStanding() == TraceStanding.FOUND)
        .max(
            Comparator.comparing((TraceIn in) -> in.getEdge().getOccurredAt())
                .thenComparing(in -> in.getEdge().getTransferId()));
  }

  /**
   * The trace of a case.
   *
   * @param held accounts that the money reached
   * @param losses transfers that victims reported: no hop tells of them
   * @param ended transfers of claimed money that are not followed, and why
   * @param levels deepest account, 1 for the one that the victim paid
   * @param lowFen claimed money still on accounts, not less
   * @param highFen not more
   * @param complete all that is known has been followed to where it is
   * @param faults what contradicts the conservation of money
   * @param suspects transfers of others to the same accounts who may be victims and have not
   *     reported, the largest first
   * @param more true when accounts of the last levels are left out, and their money with them
   */
  public record Trace(
      List<Held> held,
      List<TraceEdge> losses,
      List<Ended> ended,
      int levels,
      long lowFen,
      long highFen,
      boolean complete,
      List<String> faults,
      List<TraceEdge> suspects,
      boolean more) {

    /** Ends that somebody has to do something about, the earliest first. */
    public List<Ended> tasks() {
      return ended.stream()
          .filter(one -> one.task() != End.Task.NONE)
          .sorted(Comparator.comparing((Ended one) -> one.edge().getOccurredAt()))
          .toList();
    }

    /** As many of the suspects as a page shows, the largest first. */
    public Part<TraceEdge> suspectsShown(boolean whole) {
      return Part.of(suspects, (whole ? Extent.WHOLE : Extent.PAGE).of(SUSPECTS_MAX));
    }

    /** Accounts on which claimed money still lies. */
    public long accounts() {
      return held.stream().filter(one -> one.highFen() > 0).count();
    }

    /** Ends by kind, with the most that went there, in the order of the kinds. */
    public Map<TraceEnd, Long> ends() {
      Map<TraceEnd, Long> all = new java.util.EnumMap<>(TraceEnd.class);
      ended.forEach(one -> all.merge(one.end(), one.highFen(), Long::sum));
      return all;
    }
  }

  /** An account with claimed money on it: not less, not more, and all that lies there. */
  public record Held(TraceParty account, int level, long lowFen, long highFen, long balanceFen) {}

  /** A transfer where the trace ends. */
  public record Ended(
      String claim, int level, TraceEdge edge, TraceEnd end, long lowFen, long highFen) {

    /** What somebody has to do about it (docs/trace.md). */
    public End.Task task() {
      return End.valueOf(end.name()).task();
    }

    /** True when the payee is to be left alone. */
    public boolean notToStop() {
      return NOT_TO_STOP.contains(end);
    }
  }
}
