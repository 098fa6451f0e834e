package dev.zhifu.rules.money.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.Share;
import dev.zhifu.rules.money.trace.End.Task;
import dev.zhifu.rules.money.trace.Statement.Out;
import dev.zhifu.rules.money.trace.Statement.Standing;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceNodeTest {
  private static final long T0 = 1_772_416_800_000L;
  private static final long MINUTE = 60_000L;
  private static final Party VICTIM = Party.personal("victim", "B01");
  private static final Party L1 = Party.personal("l1", "B02");
  private static final Party L2 = Party.personal("l2", "B03");

  private final WorkList.Ledgers ledgers = new WorkList.Ledgers();

  @Test
  void cashShopsCoinsAndBordersEndTheTraceAndRaiseTheirTasks() {
    pay("loss", 0, VICTIM, L1, 1_000_000);
    leave("atm", 1, Party.CASH, Means.atm("ATM7"), 100_000);
    leave("desk", 2, Party.CASH, way(TransactionKind.CASH_WITHDRAWAL, Channel.COUNTER), 100_000);
    leave("shop", 3, new Party("shop", "B", AccountKind.MERCHANT), Means.TRANSFER, 100_000);
    leave(
        "coin", 4, L2, new Means(TransactionKind.TRANSFER, Channel.WEB, true, false, ""), 100_000);
    leave("far", 5, L2, new Means(TransactionKind.TRANSFER, Channel.WEB, false, true, ""), 100_000);
    leave("wage", 6, new Party("w", "B", AccountKind.PAYROLL), Means.TRANSFER, 100_000);
    leave("pool", 7, new Party("p", "B", AccountKind.POOLED), Means.TRANSFER, 100_000);
    leave("back", 8, VICTIM, Means.TRANSFER, 100_000);
    leave("water", 9, new Party("u", "B", AccountKind.UTILITY), Means.TRANSFER, 100_000);
    CaseTrace trace = trace(TraceSettings.defaults(), 1_000_000);

    assertThat(trace.of("l1").outflows())
        .extracting(Out::end)
        .containsExactly(
            End.CASH_ATM,
            End.CASH_COUNTER,
            End.MERCHANT,
            End.CRYPTO,
            End.CROSS_BORDER,
            End.PAYROLL,
            End.POOLED,
            End.RETURNED,
            End.PUBLIC);
    assertThat(trace.of("l1").outflows())
        .extracting(out -> out.end().task())
        .contains(Task.ATM_PICTURES, Task.COURIER, Task.CRYPTO_ADDRESS, Task.CROSS_BORDER);
    assertThat(trace.of("l1").remaining().fifo()).isEqualTo(100_000);
    assertThat(trace.isComplete()).isTrue();
    assertThat(trace.weight()).isEqualTo(1);
    assertThat(trace.faults()).isEmpty();
  }

  @Test
  void reachingALimitShows() {
    pay("loss", 0, VICTIM, L1, 10_000_000);
    pay("small", 1, L1, L2, 50_000);
    pay("a", 2, L1, L2, 2_000_000);
    pay("b", 3, L1, L2, 2_000_000);
    pay("late", 5_000, L1, L2, 2_000_000);
    pay("deep", 4, L2, Party.personal("l3", "B"), 3_000_000);
    TraceSettings narrow = new TraceSettings(2, 1, 100_000, 0.01, 72 * 60 * MINUTE, 0, 0, 1);
    CaseTrace trace = trace(narrow, 10_000_000);

    assertThat(trace.of("l1").outflows())
        .extracting(Out::end)
        .containsExactly(End.TOO_SMALL, End.FOLLOWED, End.TOO_BROAD, End.TOO_LATE);
    assertThat(trace.of("l2").outflows()).extracting(Out::end).containsExactly(End.TOO_DEEP);
    assertThat(trace.of("l1").outflows().get(2).end().isLimit()).isTrue();
    assertThat(trace.faults()).isEmpty();
  }

  @Test
  void aLossWithoutAnIdIsFoundByPayerAmountAndTime() {
    pay("other", 0, VICTIM, L1, 300);
    pay("loss", 5, VICTIM, L1, 700);
    WorkList list = list(TraceSettings.defaults());
    Edge said = new Edge("", T0 + 7 * MINUTE, 700, VICTIM, L1, Means.TRANSFER, "");
    list.report(HopMessage.loss("c", "case", T0, 700, said, 1));
    Edge wrong = new Edge("", T0 + 7 * MINUTE, 701, VICTIM, L1, Means.TRANSFER, "");
    list.report(HopMessage.loss("d", "case2", T0, 701, wrong, 1));
    list.run();

    assertThat(list.claims().get("c").of("l1").remaining()).isEqualTo(Share.all(700));
    assertThat(list.claims().get("d").of("l1").inflows())
        .extracting(Statement.In::standing)
        .containsExactly(Standing.NOT_FOUND);
    // It comes late, and the trace takes it up.
    ledgers.add("l1", Movement.credit("B:late", T0 + 7 * MINUTE, 701, VICTIM));
    list.moved("l1");
    list.run();
    assertThat(list.claims().get("d").of("l1").remaining()).isEqualTo(Share.all(701));
  }

  @Test
  void newMovementsAreFollowedAndUndoneOnesUnwound() {
    pay("loss", 0, VICTIM, L1, 500_000);
    WorkList list = list(TraceSettings.defaults());
    list.report(loss("c", 500_000));
    list.run();
    assertThat(list.claims().get("c").of("l2")).isNull();

    pay("on", 1, L1, L2, 400_000);
    list.moved("l1");
    list.run();
    CaseTrace trace = list.claims().get("c");
    assertThat(trace.of("l2").remaining()).isEqualTo(Share.all(400_000));
    assertThat(trace.of("l2").level()).isEqualTo(2);

    ledgers.reverse("l1", "B:on", T0 + 9 * MINUTE);
    list.moved("l1");
    list.run();
    assertThat(trace.of("l2").remaining().isNone()).isTrue();
    assertThat(trace.of("l1").remaining()).isEqualTo(Share.all(500_000));
    assertThat(trace.isComplete()).isTrue();
    assertThat(trace.faults()).isEmpty();
  }

  @Test
  void aTransferReportedTwiceCountsForTheFirstWhoReported() {
    pay("loss", 0, VICTIM, L1, 500);
    WorkList list = list(TraceSettings.defaults());
    Edge edge = new Edge("B:loss", T0, 500, VICTIM, L1, Means.TRANSFER, "");
    list.report(HopMessage.loss("second", "case2", T0 + 9, 500, edge, 1));
    list.report(HopMessage.loss("first", "case1", T0 + 5, 500, edge, 1));
    list.run();

    assertThat(list.claims().get("first").of("l1").remaining()).isEqualTo(Share.all(500));
    assertThat(list.claims().get("second").of("l1").inflows())
        .extracting(Statement.In::standing)
        .containsExactly(Standing.REPORTED_AGAIN);
  }

  @Test
  void othersWhoPaidTheSameAccountAreNamed() {
    pay("loss", 0, VICTIM, L1, 500_000);
    pay("hers", 30, Party.personal("silent", "B04"), L1, 800_000);
    pay("shop", 31, new Party("s", "B", AccountKind.MERCHANT), L1, 800_000);
    pay("long ago", -9_000, Party.personal("friend", "B04"), L1, 800_000);
    CaseTrace trace = trace(TraceSettings.defaults(), 500_000);

    assertThat(trace.of("l1").suspects())
        .extracting(suspect -> suspect.edge().payer().token())
        .containsExactly("silent");
  }

  @Test
  void listsStopTheTrace() {
    pay("loss", 0, VICTIM, L1, 500_000);
    pay("on", 1, L1, L2, 400_000);
    TraceNode node =
        new TraceNode(
            TraceSettings.defaults(), (token, at) -> token.equals("l2") ? End.HUB : null, 0);
    WorkList list = new WorkList(node, ledgers);
    list.report(loss("c", 500_000));
    list.run();

    assertThat(list.claims().get("c").of("l1").outflows())
        .extracting(Out::end)
        .containsExactly(End.HUB);
  }

  @Test
  void aNodesStateComesBackFromItsBytes() {
    NodeState state = new NodeState();
    TraceNode node = new TraceNode(TraceSettings.defaults(), Listed.NOTHING, 0);
    node.receive(state, loss("c", 500_000));
    pay("loss", 0, VICTIM, L1, 500_000);
    pay("on", 1, L1, L2, 400_000);
    WorkList heard = list(TraceSettings.defaults());
    node.work(state, ledgers.apply("l1"), heard, false);
    byte[] bytes = state.toBytes();

    assertThat(NodeState.of(bytes).toBytes()).isEqualTo(bytes);
    System.out.println("trace state bytes, one loss and one hop: " + bytes.length);
    assertThat(bytes.length).isLessThanOrEqualTo(300);
  }

  private CaseTrace trace(TraceSettings settings, long lossFen) {
    WorkList list = list(settings);
    list.report(loss("c", lossFen));
    list.run();
    return list.claims().get("c");
  }

  private WorkList list(TraceSettings settings) {
    return new WorkList(new TraceNode(settings, Listed.NOTHING, 0), ledgers);
  }

  private static HopMessage loss(String claim, long fen) {
    Edge edge = new Edge("B:loss", T0, fen, VICTIM, L1, Means.TRANSFER, "");
    return HopMessage.loss(claim, "case", T0 + MINUTE, fen, edge, 1);
  }

  private void pay(String id, int minute, Party from, Party to, long fen) {
    long at = T0 + minute * MINUTE;
    ledgers.add(from.token(), Movement.debit("B:" + id, at, fen, to));
    ledgers.add(to.token(), Movement.credit("B:" + id, at, fen, from));
  }

  private void leave(String id, int minute, Party to, Means means, long fen) {
    ledgers.add("l1", Movement.debit("B:" + id, T0 + minute * MINUTE, fen, to).withMeans(means));
  }

  private static Means way(TransactionKind kind, Channel channel) {
    return new Means(kind, channel, false, false, "");
  }

  @Test
  void everyEndHasWords() {
    assertThat(List.of(End.values())).allSatisfy(end -> assertThat(end.words()).isNotEmpty());
  }
}
