package dev.zhifu.jobs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.io.RecordsWritten;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.FollowOn;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceGround;
import dev.zhifu.wire.TraceStanding;
import dev.zhifu.wire.TraceTotals;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.VictimReport;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Ledger and claims together, from banks' messages to what leaves the job. */
class TraceClaimsTest {
  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");
  private static final RecordsWritten NONE = () -> 0;

  private static AccountRef account(String token, String bank) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setBank(bank)
        .setHolderToken(token + "-holder")
        .setKind(AccountKind.PERSONAL)
        .setCipher(ByteBuffer.wrap(token.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .build();
  }

  private static BankTransaction paid(
      String id, AccountRef payer, AccountRef payee, long fen, Instant at) {
    return BankTransaction.newBuilder()
        .setEventId(payer.getBank() + ":" + id + ":COMPLETED")
        .setSource(payer.getBank())
        .setTransactionId(id)
        .setKind(TransactionKind.TRANSFER)
        .setPhase(TransactionPhase.COMPLETED)
        .setOccurredAt(at)
        .setReceivedAt(at)
        .setAmountFen(fen)
        .setCurrency("CNY")
        .setPayer(AccountRef.newBuilder(payer).setBalanceBeforeFen(fen).build())
        .setPayee(AccountRef.newBuilder(payee).setBalanceBeforeFen(0L).build())
        .setPayerBooking(new Booking(payer.getBank(), payer.getBank() + "-" + id, at, null))
        .setPayeeBooking(new Booking(payee.getBank(), payee.getBank() + "-" + id, at, null))
        .build();
  }

  private static TraceClaim claim(AccountRef victim, AccountRef mule, long fen, Instant at) {
    OfficerAct act =
        OfficerAct.newBuilder()
            .setActId("act-1")
            .setKind(ActKind.ACCEPT_REPORT)
            .setOfficerId("officer-1")
            .setRole("DUTY_OFFICER")
            .setAt(T0.plusSeconds(3_600))
            .setObjectId("report-1")
            .setReason("story")
            .setDocuments(List.of())
            .setReport(
                VictimReport.newBuilder()
                    .setReportId("report-1")
                    .setReportedAt(T0.plusSeconds(3_000))
                    .setReceivedAt(T0.plusSeconds(3_000))
                    .setHolderToken(victim.getHolderToken())
                    .setTakenBy("desk-1")
                    .setReportChannel("110")
                    .setTransfers(
                        List.of(
                            ReportedTransfer.newBuilder()
                                .setPayer(victim)
                                .setPayee(mule)
                                .setAmountFen(fen)
                                .setOccurredAt(at)
                                .build()))
                    .build())
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    return new TraceClaim("report-1", "case-1", act);
  }

  /** The two operators with the topic between accounts. */
  private static final class Flow implements AutoCloseable {
    private final KeyedBroadcastOperatorTestHarness<
            String, AccountRecord, TraceListing, AccountRecord>
        ledger;
    private final KeyedTwoInputStreamOperatorTestHarness<String, Stated, TraceClaim, TraceCase>
        claims;
    private final Deque<AccountRecord> topic = new ArrayDeque<>();
    private final List<TraceCase> traces = new ArrayList<>();
    private final List<FollowOn> followOns = new ArrayList<>();

    Flow() throws Exception {
      this(null, null);
    }

    Flow(OperatorSubtaskState ledgerState, OperatorSubtaskState claimsState) throws Exception {
      ledger =
          new KeyedBroadcastOperatorTestHarness<>(
              new CoBroadcastWithKeyedOperator<>(
                  new LedgerTrace(TraceSettings.defaults(), 30, NONE), List.of(LedgerTrace.LISTS)),
              AccountRecord::key,
              Types.STRING,
              128,
              1,
              0);
      ledger.setup(
          TypeInformation.of(AccountRecord.class).createSerializer(new SerializerConfigImpl()));
      claims =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new KeyedCoProcessOperator<>(new TraceClaims()),
              Stated::claim,
              TraceClaim::claim,
              Types.STRING);
      if (ledgerState != null) {
        ledger.initializeState(ledgerState);
        claims.initializeState(claimsState);
      }
      ledger.open();
      claims.open();
      ledger.processBroadcastElement(new StreamRecord<>(TraceListing.read()));
    }

    void book(BankTransaction transaction) throws Exception {
      List<AccountRecord> sides = new ArrayList<>();
      TraceTopology.split(transaction, new ListCollector<>(sides));
      for (AccountRecord side : sides) {
        ledger.processElement(new StreamRecord<>(side));
      }
      settle();
    }

    void report(TraceClaim claim) throws Exception {
      claims.processElement2(new StreamRecord<>(claim));
      topic.addAll(claim.losses());
      settle();
    }

    private void settle() throws Exception {
      collect();
      while (!topic.isEmpty()) {
        ledger.processElement(new StreamRecord<>(topic.poll()));
        collect();
      }
    }

    private void collect() throws Exception {
      topic.addAll(ledger.extractOutputValues());
      ledger.getOutput().clear();
      var stated = ledger.getSideOutput(LedgerTrace.STATEMENTS);
      while (stated != null && !stated.isEmpty()) {
        claims.processElement1(new StreamRecord<>(stated.poll().getValue()));
      }
      traces.addAll(claims.extractOutputValues());
      claims.getOutput().clear();
      var asked = claims.getSideOutput(TraceClaims.FOLLOW_ONS);
      while (asked != null && !asked.isEmpty()) {
        followOns.add(asked.poll().getValue());
      }
    }

    TraceTotals totals() {
      return traces.get(traces.size() - 1).getTotals();
    }

    Optional<FollowOn> followOn(String account) {
      return followOns.stream()
          .filter(one -> one.getTarget().getAccountToken().equals(account))
          .reduce((one, next) -> next);
    }

    @Override
    public void close() throws Exception {
      ledger.close();
      claims.close();
    }
  }

  private final AccountRef victim = account("victim", "B01");
  private final AccountRef first = account("first", "B02");
  private final AccountRef second = account("second", "B03");
  private final AccountRef third = account("third", "B01");

  @Test
  void aReportHoursLaterIsAnsweredHopByHopAndAsksForTheAccountThatHasTheMoney() throws Exception {
    try (Flow flow = new Flow()) {
      flow.book(paid("1", victim, first, 5_000_000, T0));
      flow.book(paid("2", first, second, 4_900_000, T0.plusSeconds(120)));
      assertThat(flow.traces).as("nothing is traced without a report").isEmpty();

      flow.report(claim(victim, first, 5_000_000, T0));

      assertThat(flow.totals().getComplete()).isTrue();
      assertThat(flow.totals().getFaults()).isEmpty();
      assertThat(flow.totals().getLossFifoFen()).isEqualTo(5_000_000);
      assertThat(flow.totals().getThereFifoFen()).isEqualTo(5_000_000);
      assertThat(flow.traces)
          .extracting(one -> one.getAccount().getInflows().get(0).getStanding())
          .contains(TraceStanding.FOUND, TraceStanding.HOP);
      FollowOn asked = flow.followOn("second").orElseThrow();
      assertThat(asked.getHolds()).isTrue();
      assertThat(asked.getLevel()).isEqualTo(2);
      assertThat(asked.getThereFen()).isEqualTo(4_900_000);
      assertThat(asked.getTarget()).as("with its ciphertext").isEqualTo(second);
      assertThat(asked.getEdge().getAmountFen()).as("the hop's own fields").isEqualTo(4_900_000);
      assertThat(asked.getEdge().getBankTransactionId()).isEqualTo("B03-2");
      assertThat(asked.getCaseId()).isEqualTo("case-1");
      assertThat(asked.getUrgency()).isPositive();
      assertThat(flow.followOn("first")).as("the report itself asks for it").isEmpty();
    }
  }

  @Test
  void moneyThatMovesOnIsFollowedAtOnceAndTheOldRequestTakenBack() throws Exception {
    try (Flow flow = new Flow()) {
      flow.book(paid("1", victim, first, 5_000_000, T0));
      flow.report(claim(victim, first, 5_000_000, T0));
      flow.book(paid("2", first, second, 5_000_000, T0.plusSeconds(120)));
      assertThat(flow.followOn("second").orElseThrow().getHolds()).isTrue();

      flow.book(paid("3", second, third, 5_000_000, T0.plusSeconds(240)));

      FollowOn before = flow.followOn("second").orElseThrow();
      assertThat(before.getHolds()).isFalse();
      assertThat(before.getThereFen()).isZero();
      FollowOn now = flow.followOn("third").orElseThrow();
      assertThat(now.getHolds()).isTrue();
      assertThat(now.getLevel()).isEqualTo(3);
      assertThat(flow.totals().getComplete()).isTrue();
    }
  }

  @Test
  void copiesOfMovementsReportsAndStatementsChangeNothingAcrossARestore() throws Exception {
    OperatorSubtaskState ledger;
    OperatorSubtaskState claims;
    try (Flow flow = new Flow()) {
      flow.book(paid("1", victim, first, 5_000_000, T0));
      flow.book(paid("2", first, second, 4_900_000, T0.plusSeconds(120)));
      flow.report(claim(victim, first, 5_000_000, T0));
      int traces = flow.traces.size();
      int asked = flow.followOns.size();
      flow.book(paid("1", victim, first, 5_000_000, T0));
      flow.book(paid("2", first, second, 4_900_000, T0.plusSeconds(120)));
      flow.report(claim(victim, first, 5_000_000, T0));
      assertThat(flow.traces).hasSize(traces);
      assertThat(flow.followOns).hasSize(asked);
      ledger = flow.ledger.snapshot(1, 1);
      claims = flow.claims.snapshot(1, 1);
    }
    try (Flow flow = new Flow(ledger, claims)) {
      flow.report(claim(victim, first, 5_000_000, T0));
      flow.book(paid("2", first, second, 4_900_000, T0.plusSeconds(120)));
      assertThat(flow.followOns).as("what was asked is not asked anew").isEmpty();

      flow.book(paid("3", second, third, 4_900_000, T0.plusSeconds(240)));

      assertThat(flow.totals().getComplete()).isTrue();
      assertThat(flow.totals().getFaults()).isEmpty();
      assertThat(flow.followOn("second").orElseThrow().getHolds()).isFalse();
      assertThat(flow.followOn("third").orElseThrow().getHolds()).isTrue();
    }
  }

  @Test
  void aTransferUndoneTakesItsRequestBack() throws Exception {
    try (Flow flow = new Flow()) {
      flow.book(paid("1", victim, first, 5_000_000, T0));
      flow.book(paid("2", first, second, 4_900_000, T0.plusSeconds(120)));
      flow.report(claim(victim, first, 5_000_000, T0));

      flow.book(
          BankTransaction.newBuilder(paid("2", first, second, 4_900_000, T0.plusSeconds(120)))
              .setEventId("B02:2:REVERSED")
              .setPhase(TransactionPhase.REVERSED)
              .build());

      assertThat(flow.followOn("second").orElseThrow().getHolds()).isFalse();
      assertThat(flow.totals().getThereFifoFen()).isEqualTo(5_000_000);
    }
  }

  /**
   * The first run that followed the trace stopped four traders in coins for under a hundredth of
   * their balances: personal accounts, paid by transfer in the end.
   */
  @Test
  void aTradersAccountIsNotAskedForWhileTheShareOfItsBalanceIsSmall() throws Exception {
    try (Flow flow = new Flow()) {
      AccountRef trader = account("trader", "B04");
      flow.book(paid("1", victim, first, 1_300_000, T0));
      flow.book(paid("2", first, second, 1_250_000, T0.plusSeconds(60)));
      flow.book(onto(paid("3", second, trader, 1_100_000, T0.plusSeconds(120)), 11_000_000L));
      flow.report(claim(victim, first, 1_300_000, T0));

      assertThat(flow.totals().getComplete()).isTrue();
      assertThat(flow.followOn("trader")).as("1,100,000 of 12,100,000 fen").isEmpty();

      flow.book(onto(paid("4", second, trader, 150_000, T0.plusSeconds(180)), 12_100_000L));
      FollowOn asked = flow.followOn("trader").orElseThrow();
      assertThat(asked.getHolds()).as("the share has grown").isTrue();
      TraceGround ground = asked.getGround();
      assertThat(ground.getLevel()).isEqualTo(3);
      assertThat(ground.getFromAccount()).isEqualTo("second");
      assertThat(ground.getReportId()).isEqualTo("report-1");
      assertThat(ground.getCaseId()).isEqualTo("case-1");
      assertThat(ground.getBalanceFen()).isEqualTo(12_250_000);
      assertThat(ground.getLowFen()).isEqualTo(asked.getThereFen()).isEqualTo(1_250_000);
      assertThat(ground.getHighFen()).isGreaterThanOrEqualTo(ground.getLowFen());
      assertThat(ground.getCreditsFen()).isEqualTo(1_250_000);
      assertThat(ground.getClaimedInFen()).isEqualTo(1_250_000);
      assertThat(ground.getGoodFaithSigns()).isEmpty();

      flow.book(
          BankTransaction.newBuilder(
                  onto(
                      paid("6", account("other", "B05"), trader, 5_000, T0.plusSeconds(240)),
                      12_250_000L))
              .setRemarkClasses(List.of("virtual-currency"))
              .build());
      assertThat(flow.followOn("trader").orElseThrow().getGround().getGoodFaithSigns())
          .containsExactly(GoodFaithSign.SELLS);
    }
  }

  private static BankTransaction onto(BankTransaction transaction, long balanceBeforeFen) {
    return BankTransaction.newBuilder(transaction)
        .setPayee(
            AccountRef.newBuilder(transaction.getPayee())
                .setBalanceBeforeFen(balanceBeforeFen)
                .build())
        .build();
  }
}
