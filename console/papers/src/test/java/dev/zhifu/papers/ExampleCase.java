package dev.zhifu.papers;

import dev.zhifu.papers.RefundFile.Account;
import dev.zhifu.papers.RefundFile.Flow;
import dev.zhifu.papers.RefundFile.Officer;
import dev.zhifu.papers.RefundFile.Victim;
import dev.zhifu.rules.money.History;
import dev.zhifu.rules.money.Inflow;
import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.refund.Books;
import dev.zhifu.rules.money.refund.Books.Kind;
import dev.zhifu.rules.money.refund.Books.Place;
import dev.zhifu.rules.money.refund.Classifier;
import dev.zhifu.rules.money.refund.Classifier.Finding;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.rules.money.refund.RefundRounds;
import dev.zhifu.rules.money.refund.Refunds.Allocation;
import dev.zhifu.rules.money.refund.Refunds.Claimed;
import dev.zhifu.rules.money.refund.Refunds.Refund;
import dev.zhifu.rules.money.trace.CaseTrace;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.FlowRows;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.rules.money.trace.Listed;
import dev.zhifu.rules.money.trace.Statement;
import dev.zhifu.rules.money.trace.TraceNode;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.rules.money.trace.WorkList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One invented case from the first transfer to the refund: three victims, two levels, cash at a
 * machine, one frozen account. Every figure comes from the trace and the allocation, none is typed.
 */
final class ExampleCase {
  private static final Instant START = Instant.parse("2026-03-02T02:00:00Z");
  private static final Map<String, Account> ACCOUNTS = accounts();
  private static final String FROZEN = "acc-l2a";

  private final WorkList.Ledgers ledgers = new WorkList.Ledgers();
  private int serial = 1000;

  private static Map<String, Account> accounts() {
    Map<String, Account> accounts = new LinkedHashMap<>();
    accounts.put("acc-v1", new Account("张某某", "6222 0000 0000 1001", "示例银行甲"));
    accounts.put("acc-v2", new Account("李某某", "6222 0000 0000 1002", "示例银行乙"));
    accounts.put("acc-v3", new Account("王某某", "6222 0000 0000 1003", "示例银行甲"));
    accounts.put("acc-l1", new Account("赵某", "6222 0000 0000 2001", "示例银行乙"));
    accounts.put("acc-l2a", new Account("钱某", "6222 0000 0000 3001", "示例银行丙"));
    accounts.put("acc-l2b", new Account("孙某", "6222 0000 0000 3002", "示例银行丁"));
    accounts.put("acc-x", new Account("周某", "6222 0000 0000 4001", "示例银行甲"));
    return accounts;
  }

  RefundFile file() {
    pay("acc-x", "acc-l2a", -120, 1_250_000);
    List<Edge> losses = new ArrayList<>();
    losses.add(pay("acc-v1", "acc-l1", 0, 8_000_000));
    losses.add(pay("acc-v2", "acc-l1", 6, 5_500_050));
    pay("acc-l1", "acc-l2a", 9, 9_000_000);
    pay("acc-l1", "acc-l2b", 12, 4_480_000);
    cash("acc-l2b", 18, 2_000_000);
    losses.add(pay("acc-v3", "acc-l2a", 25, 3_000_000));
    cash("acc-l2a", 31, 2_000_000);
    TraceNode node = new TraceNode(TraceSettings.defaults(), Listed.NOTHING, 0);
    WorkList list = new WorkList(node, ledgers);
    for (int i = 0; i < losses.size(); i++) {
      Edge loss = losses.get(i);
      list.report(
          HopMessage.loss(
              "v" + (i + 1), "case", loss.at() + 3_600_000L * (i + 1), loss.fen(), loss, 1));
    }
    list.run();
    return file(list.claims(), losses);
  }

  private RefundFile file(Map<String, CaseTrace> claims, List<Edge> losses) {
    History history = History.of(ledgers.apply(FROZEN), List.of());
    List<Inflow> inflows = new ArrayList<>();
    Books books = new Books();
    RefundRounds rounds = new RefundRounds(books);
    claims.forEach(
        (claim, trace) -> {
          if (!trace.isComplete() || !trace.faults().isEmpty()) {
            throw new IllegalStateException("the trace of " + claim + " is not whole");
          }
          for (Statement.In in : trace.of(FROZEN).inflows()) {
            inflows.add(new Inflow(claim, in.edge().id(), in.share()));
          }
        });
    Map<String, Finding> findings = Classifier.classify(history, inflows);
    long[] compensation = {1_000_000, 0, 0};
    for (int i = 0; i < losses.size(); i++) {
      String claim = "v" + (i + 1);
      rounds.admit(claim, losses.get(i).fen(), compensation[i]);
      books.enter(
          "trace/" + claim,
          new Place(Kind.LOSS, claim),
          new Place(Kind.TRACED, FROZEN),
          findings.get(claim).thereFen());
    }
    // What is frozen in amount mode is the victims' money that is there.
    long frozen = books.of(new Place(Kind.TRACED, FROZEN));
    books.enter("freeze", new Place(Kind.TRACED, FROZEN), new Place(Kind.FROZEN, FROZEN), frozen);
    List<Claimed> claimed = new ArrayList<>();
    findings.forEach(
        (claim, found) ->
            claimed.add(
                new Claimed(
                    claim,
                    found.refundClass(),
                    found.tracedInFen(),
                    found.thereFen(),
                    compensation[claim.charAt(1) - '1'])));
    Allocation allocation = rounds.prepare(FROZEN, claimed, RatioMode.NORMALISED);
    rounds.execute(FROZEN, allocation);
    List<Victim> victims = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      Refund refund = allocation.refunds().get(i);
      Finding found = findings.get(refund.claim());
      victims.add(
          new Victim(
              ACCOUNTS.get("acc-v" + (i + 1)).name(),
              i == 1 ? "女" : "男",
              "15270119******00" + (i + 1) + "X",
              "鄂尔多斯市某旗某街道",
              "138****000" + (i + 1),
              ACCOUNTS.get("acc-v" + (i + 1)),
              losses.get(i).fen(),
              found.tracedInFen(),
              compensation[i],
              found.refundClass(),
              found.why(),
              refund.fen(),
              i == 2 ? "已转介生活困难救助" : ""));
    }
    return new RefundFile(
        "示例〔2026〕第0001号",
        "张某某等被电信网络诈骗案",
        "示例市公安局反诈中心",
        List.of(new Officer("民警甲", "000001"), new Officer("民警乙", "000002")),
        ACCOUNTS.get(FROZEN),
        frozen,
        START.plusSeconds(7_200),
        "示例冻字〔2026〕第0001号",
        victims,
        flows(claims),
        RatioMode.NORMALISED,
        allocation.residueFen(),
        START.plusSeconds(86_400L * 45),
        new RefundFile.Notice(START.plusSeconds(86_400L * 10), START.plusSeconds(86_400L * 40), 0),
        new RefundFile.Overdue(
            START.plusSeconds(86_400L * 41), START.plusSeconds(86_400L * 44 + 50_400), "银行审查中"));
  }

  /** The same case, had it gone to another city while its stop was in force. */
  HandOverFile handOver(RefundFile file) {
    Instant stopped = START.plusSeconds(3_600);
    Account frozen = file.frozen();
    List<HandOverFile.Victim> reported = new ArrayList<>();
    for (Victim one : file.victims()) {
      reported.add(
          new HandOverFile.Victim(
              one.name(),
              "示例报〔2026〕第000" + (reported.size() + 1) + "号",
              START.plusSeconds(1_800),
              one.lossFen()));
    }
    return new HandOverFile(
        file.caseNumber(),
        file.unit(),
        "示例市二公安局",
        START.plusSeconds(14_400),
        null,
        reported,
        List.of(
            new HandOverFile.Measure(
                "紧急止付",
                "00000000-0000-0000-0000-000000000001",
                frozen,
                "止付生效",
                -1,
                stopped,
                stopped.plusSeconds(172_800),
                "该账户第 1 次止付"),
            new HandOverFile.Measure(
                "保护性止付",
                "示例保〔2026〕第0001号",
                ACCOUNTS.get("acc-v1"),
                "保护中（只收不付）",
                -1,
                stopped,
                stopped.plusSeconds(864_000),
                "")),
        List.of(new HandOverFile.Rest(frozen, 2, file.frozenFen(), file.frozenFen())),
        List.of(),
        file.officers(),
        false,
        START.plusSeconds(14_400));
  }

  RejectionFile rejection(RefundFile file) {
    return rejection(file, RejectionFile.Measure.STOP_ORDER);
  }

  /** The holder of the account has appealed against the measure, in vain. */
  RejectionFile rejection(RefundFile file, RejectionFile.Measure measure) {
    return new RejectionFile(
        "示例申〔2026〕第0001号",
        file.unit(),
        file.frozen().name(),
        file.frozen(),
        measure,
        "00000000-0000-0000-0000-000000000001",
        "账户内是本人的货款",
        START.plusSeconds(10_800),
        List.of("民警操作记录 2 份", "资金流向追踪 1 份"),
        "民警甲、民警乙",
        START.plusSeconds(86_400),
        "未提供合同与发货单，资金经核查自报案人账户逐级转入",
        "",
        file.officers(),
        START.plusSeconds(86_400));
  }

  private static List<Flow> flows(Map<String, CaseTrace> claims) {
    List<Flow> flows = new ArrayList<>();
    for (Map.Entry<String, CaseTrace> entry : claims.entrySet()) {
      CaseTrace trace = entry.getValue();
      for (FlowRows.Row row : FlowRows.of(trace)) {
        Edge edge = row.edge();
        flows.add(
            new Flow(
                ACCOUNTS.get("acc-" + entry.getKey()).name(),
                row.level(),
                Instant.ofEpochMilli(edge.at()),
                ACCOUNTS.get(edge.payer().token()),
                ACCOUNTS.get(edge.payee().token()),
                edge.fen(),
                row.share().low(),
                row.share().high(),
                edge.bankId(),
                row.end().words()
                    + (row.end().task().words().isEmpty() ? "" : "；" + row.end().task().words())));
      }
    }
    flows.sort(Comparator.comparing(Flow::at).thenComparing(Flow::level));
    return flows;
  }

  private Edge pay(String from, String to, int minute, long fen) {
    String id = "S:2026030210" + serial++;
    long at = START.plusSeconds(minute * 60L).toEpochMilli();
    String own = id.substring(2);
    Movement debit = Movement.debit(id, at, fen, party(to)).withBankId(own);
    ledgers.add(from, debit);
    ledgers.add(to, Movement.credit(id, at, fen, party(from)).withBankId(own));
    return new Edge(id, at, fen, party(from), party(to), Means.TRANSFER, own);
  }

  private void cash(String from, int minute, long fen) {
    String id = "S:2026030210" + serial++;
    long at = START.plusSeconds(minute * 60L).toEpochMilli();
    ledgers.add(
        from,
        Movement.debit(id, at, fen, Party.CASH)
            .withMeans(Means.atm("ATM-0417"))
            .withBankId(id.substring(2)));
  }

  private static Party party(String token) {
    return Party.personal(token, ACCOUNTS.get(token).bank());
  }
}
