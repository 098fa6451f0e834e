package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.zhifu.jobs.refund.RefundFunction;
import dev.zhifu.jobs.refund.RefundInput;
import dev.zhifu.jobs.refund.RefundSpecimens;
import dev.zhifu.jobs.settings.BankChannels;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.desk.DeskOutput;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AccountBooks;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.BookBalance;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.Referral;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundFinding;
import dev.zhifu.wire.RefundNotice;
import dev.zhifu.wire.RefundPayment;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.RefundWay;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.wire.VictimStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Refunds by signed acts, from the freeze to the residue and a second round: the desk of lives and
 * the operator of refunds feed each other as their topics do.
 */
class RefundStoryTest {
  private static final String CASE = "case-1";
  private static final String REFUND = "refund-1";
  private static final Instant T0 = RefundSpecimens.T0;

  private final RecoveryDesk desk = desk();
  private final CaseFile file =
      new CaseFile(
          CASE,
          Map.of("freeze-1", RefundSpecimens.freeze("freeze-1", CASE, "mule", 1, 100_000, 0)));
  private final Map<String, RefundPlan> plans = new HashMap<>();
  private final Map<String, AccountBooks> books = new HashMap<>();
  private final Map<String, VictimFile> victims = new TreeMap<>();
  private final List<RefundNotice> notices = new ArrayList<>();
  private final List<RecoveryAlarm> alarms = new ArrayList<>();
  private final List<ChannelRequest> requests = new ArrayList<>();
  private KeyedTwoInputStreamOperatorTestHarness<String, RefundInput, Long, RefundPlan> refunds;
  private Instant now = T0;
  private int acts;

  private static RecoveryDesk desk() {
    try {
      return new RecoveryDesk(
          RecoveryKeys.ofDemo().open(), new BankChannels(List.of("B01", "B02", "B03"), List.of()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void open() throws Exception {
    refunds =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new RefundFunction()),
            input -> RefundFunction.KEY,
            tick -> RefundFunction.KEY,
            Types.STRING);
    refunds.open();
    tell(RefundInput.life(file.get("freeze-1")));
  }

  @AfterEach
  void close() throws Exception {
    refunds.close();
  }

  /** The example of domain knowledge: 100,000 frozen, losses of 60,000, 90,000 and 50,000. */
  private void threeVictimsMixed() throws Exception {
    claim("a", 60_000);
    claim("b", 90_000);
    claim("c", 50_000);
    examined(RefundWay.PRORATA, "a", 60_000, "b", 90_000, "c", 50_000);
  }

  @Test
  void mixedMoneyGoesBackInTheRatioOfTheLossesAfterNoticeAndObjections() throws Exception {
    threeVictimsMixed();
    List<RefundShare> due = due(RefundVictim::getNormalisedFen);
    assertThat(due)
        .extracting(RefundShare::getRefundFen)
        .containsExactly(30_000L, 45_000L, 25_000L);

    act("OPENED", "CASE_OFFICER", detail(List.of()), "id:1");
    act("FLOW_TABLE_BUILT", "CASE_OFFICER", detail(due));
    refused("FOUND_SINGLE", detail(due), "WAY_BY_LEDGER");
    act("FOUND_PRORATA", "CASE_OFFICER", null);
    act("PUBLISHED", "CASE_OFFICER", null, "publication:1");
    objected();
    refused("PREPARED", detail(due), "NOTICE_OVER", "OBJECTIONS_DECIDED");
    act("OBJECTION_DECIDED", "CASE_OFFICER", null);
    passes(Duration.ofDays(31));
    assertThat(alarms).extracting(RecoveryAlarm::getAlarm).contains("NOTICE_OVER");

    refused("PREPARED", detail(List.of(due.get(0), due.get(1))), "EVERY_VICTIM");
    refused("PREPARED", detail(with(due, 0, fen(due.get(0), 30_001))), "SUMS_BY_LEDGER", "a=30000");
    refused(
        "PREPARED", detail(plus(due, share("stranger", 10, 10, 0))), "VICTIM_TRACED", "stranger");
    refused(
        "PREPARED", detail(with(due, 0, holder(due.get(0), "somebody-else"))), "PAID_TO_VICTIM");
    act("PREPARED", "CASE_OFFICER", detail(due));
    act("APPROVED", "COUNTY_HEAD", null);
    act("SERVED", "CASE_OFFICER", null, "notice:1");

    RefundNotice notice = notices.get(0);
    assertThat(notice.getSumFen()).isEqualTo(100_000);
    assertThat(notice.getPayments())
        .extracting(RefundPayment::getVictim, RefundPayment::getAmountFen)
        .containsExactly(tuple("a", 30_000L), tuple("b", 45_000L), tuple("c", 25_000L));
    assertThat(notice.getOfficers()).hasSize(2).doesNotHaveDuplicates();
    bank("BANK_EXAMINES", 0);
    bank("BANK_ACCEPTS", 0);
    bank("BANK_PAID", 100_000);

    assertThat(state()).isEqualTo("EXECUTED");
    assertThat(file.get("freeze-1").getState()).isEqualTo("RELEASED");
    assertThat(balances("mule"))
        .containsEntry("REFUNDED a", 30_000L)
        .containsEntry("REFUNDED b", 45_000L)
        .containsEntry("REFUNDED c", 25_000L)
        .containsEntry("AT_LARGE mule", -100_000L)
        .hasSize(4);
    assertThat(victims.get("a").getStatus()).isEqualTo(VictimStatus.PAID_IN_PART);
    assertThat(victims.get("a").getOpenFen()).isEqualTo(30_000);
    theBooksHold();
  }

  @Test
  void compensationIsDeductedAndReferralsStandInTheFile() throws Exception {
    threeVictimsMixed();
    List<RefundShare> list = new ArrayList<>();
    // Net losses 50,000, 90,000 and 50,000: S = 190,000 against 100,000 frozen.
    list.add(refer(share("a", 60_000, 26_316, 10_000), Referral.HARDSHIP_AID));
    list.add(share("b", 90_000, 47_368, 0));
    list.add(share("c", 50_000, 26_316, 0));
    toNotice(list);
    passes(Duration.ofDays(31));
    act("PREPARED", "CASE_OFFICER", detail(list));

    assertThat(state()).isEqualTo("PREPARED");
    assertThat(victims.get("a").getReferrals()).containsExactly(Referral.HARDSHIP_AID);
    assertThat(victims.get("a").getReferralDue()).isFalse();
    assertThat(victims.get("a").getCompensationFen()).isEqualTo(10_000);
    assertThat(victims.get("b").getReferralDue()).as("something open and nothing offered").isTrue();
  }

  @Test
  void theLiteralRatioIsTakenWhereItCanBePaidAndIsNoneWhereItCannot() throws Exception {
    claim("a", 30_000);
    claim("b", 50_000);
    examined(RefundWay.PRORATA, "a", 30_000, "b", 50_000);
    assertThat(due(RefundVictim::getLiteralFen))
        .extracting(RefundShare::getRefundFen)
        .containsExactly(30_000L, 50_000L);
    claim("c", 50_000);
    examined(RefundWay.PRORATA, "a", 30_000, "b", 50_000, "c", 50_000);
    assertThat(plan().getVictims()).extracting(RefundVictim::getLiteralFen).containsOnlyNulls();
  }

  @Test
  void whatNobodyIsOwedStaysFrozenAndANewVictimOpensAnotherRound() throws Exception {
    claim("a", 60_000);
    examined(RefundWay.SINGLE, "a", 60_000);
    List<RefundShare> due = due(RefundVictim::getNormalisedFen);
    act("OPENED", "CASE_OFFICER", detail(List.of()), "id:1");
    act("FLOW_TABLE_BUILT", "CASE_OFFICER", detail(due));
    act("FOUND_SINGLE", "CASE_OFFICER", null);
    act("PREPARED", "CASE_OFFICER", detail(due));
    act("APPROVED", "COUNTY_HEAD", null);
    act("SERVED", "CASE_OFFICER", null, "notice:1");
    bank("BANK_EXAMINES", 0);
    bank("BANK_ACCEPTS", 0);
    bank("BANK_PAID", 60_000);
    assertThat(state()).isEqualTo("RESIDUE_HELD");
    assertThat(balances("mule"))
        .containsEntry("FROZEN mule", 40_000L)
        .containsEntry("REFUNDED a", 60_000L);
    assertThat(victims.get("a").getStatus()).isEqualTo(VictimStatus.PAID);

    claim("b", 70_000);
    examined(RefundWay.PRORATA, "a", 60_000, "b", 70_000);
    assertThat(alarms)
        .filteredOn(alarm -> alarm.getAlarm().equals("NEW_VICTIM"))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.getWords()).contains("b", "70000"));
    List<RefundShare> second = due(RefundVictim::getNormalisedFen);
    assertThat(second).extracting(RefundShare::getRefundFen).containsExactly(0L, 40_000L);
    act("NEW_VICTIM", "CASE_OFFICER", null, "id:2");
    act("FLOW_TABLE_BUILT", "CASE_OFFICER", detail(second));
    act("FOUND_PRORATA", "CASE_OFFICER", null);
    act("PUBLISHED", "CASE_OFFICER", null, "publication:1");
    passes(Duration.ofDays(31));
    refused("PREPARED", detail(with(second, 0, fen(second.get(0), 1))), "SUMS_BY_LEDGER");
    act("PREPARED", "CASE_OFFICER", detail(second));
    act("APPROVED", "COUNTY_HEAD", null);
    act("SERVED", "CASE_OFFICER", null, "notice:2");
    bank("BANK_EXAMINES", 0);
    bank("BANK_ACCEPTS", 0);
    bank("BANK_PAID", 40_000);

    assertThat(state()).isEqualTo("EXECUTED");
    assertThat(balances("mule"))
        .containsEntry("REFUNDED a", 60_000L)
        .containsEntry("REFUNDED b", 40_000L)
        .containsEntry("AT_LARGE mule", -100_000L)
        .hasSize(3);
    theBooksHold();
  }

  @Test
  void withoutTheLedgersAnswerNothingIsClassified() throws Exception {
    act("OPENED", "CASE_OFFICER", detail(List.of()), "id:1");
    refused("FLOW_TABLE_BUILT", detail(List.of()), "PLAN_KNOWN");

    examined(RefundWay.PRORATA);
    refused("FLOW_TABLE_BUILT", detail(List.of()), "MONEY_TRACED");

    examined(RefundWay.SINGLE, "a", 60_000);
    refused("FLOW_TABLE_BUILT", detail(List.of()), "CLAIM_KNOWN");
    claim("a", 60_000);
    act("FLOW_TABLE_BUILT", "CASE_OFFICER", detail(due(RefundVictim::getNormalisedFen)));
  }

  @Test
  void aPooledAccountIsNobodysToReturn() throws Exception {
    LifeTransition pooled = RefundSpecimens.freeze("freeze-2", CASE, "pool", 1, 100_000, 0);
    RefundSpecimens.target(pooled).setKind(AccountKind.POOLED);
    take(RecoveryInput.record(pooled));
    tell(RefundInput.life(pooled));

    decide(
        "refund-2",
        "OPENED",
        "CASE_OFFICER",
        RefundSpecimens.refund("freeze-2", List.of()),
        "id:1");

    assertThat(file.get("refund-2")).isNull();
    assertThat(alarms.get(alarms.size() - 1).getWords()).contains("NOT_POOLED", "pool");
  }

  @Test
  void moreThanIsFrozenIsRefusedAtEveryStep() throws Exception {
    claim("a", 60_000);
    examined(RefundWay.SINGLE, "a", 60_000);
    List<RefundShare> due = due(RefundVictim::getNormalisedFen);
    act("OPENED", "CASE_OFFICER", detail(List.of()), "id:1");
    act("FLOW_TABLE_BUILT", "CASE_OFFICER", detail(due));
    act("FOUND_SINGLE", "CASE_OFFICER", null);
    refused("PREPARED", detail(with(due, 0, fen(due.get(0), 100_001))), "SUMS_BY_LEDGER");
    act("PREPARED", "CASE_OFFICER", detail(due));
    LifeTransition reduced = RefundSpecimens.freeze("freeze-1", CASE, "mule", 2, 50_000, 0);
    take(RecoveryInput.record(reduced));
    tell(RefundInput.life(reduced));
    decide(REFUND, "APPROVED", "COUNTY_HEAD", null);

    assertThat(state()).isEqualTo("PREPARED");
    assertThat(alarms.get(alarms.size() - 1).getWords()).contains("SUM_WITHIN_FROZEN");
    assertThat(plan().getVictims().get(0).getNormalisedFen()).isEqualTo(50_000);
  }

  // --- what happens

  private void toNotice(List<RefundShare> list) throws Exception {
    act("OPENED", "CASE_OFFICER", detail(List.of()), "id:1");
    act("FLOW_TABLE_BUILT", "CASE_OFFICER", detail(list));
    act("FOUND_PRORATA", "CASE_OFFICER", null);
    act("PUBLISHED", "CASE_OFFICER", null, "publication:1");
  }

  private void claim(String victim, long lossFen) throws Exception {
    tell(RefundInput.claim(RefundSpecimens.claim("claim-" + victim, CASE, victim, lossFen)));
  }

  private void examined(RefundWay way, Object... victimsAndFen) throws Exception {
    List<RefundFinding> findings = new ArrayList<>();
    for (int i = 0; i < victimsAndFen.length; i += 2) {
      long fen = ((Number) victimsAndFen[i + 1]).longValue();
      findings.add(new RefundFinding("claim-" + victimsAndFen[i], way, fen, fen, "why"));
    }
    AccountExamined said = RefundSpecimens.examined("freeze-1", CASE, "mule", findings);
    tell(RefundInput.examined(said));
  }

  private void act(String event, String role, RefundDetail detail, String... documents)
      throws Exception {
    int before = alarms.size();
    decide(REFUND, event, role, detail, documents);
    assertThat(alarms.subList(before, alarms.size()))
        .filteredOn(alarm -> alarm.getAlarm().equals("ACT_REFUSED"))
        .as(event)
        .extracting(RecoveryAlarm::getWords)
        .isEmpty();
  }

  private void refused(String event, RefundDetail detail, String... words) throws Exception {
    LifeTransition before = file.get(REFUND);
    decide(REFUND, event, "CASE_OFFICER", detail);
    assertThat(file.get(REFUND)).isEqualTo(before);
    assertThat(alarms.get(alarms.size() - 1).getWords()).contains(words);
  }

  private void decide(
      String refund, String event, String role, RefundDetail detail, String... documents)
      throws Exception {
    boolean head = role.endsWith("HEAD");
    String officer = head ? DemoKeys.AUTHORISER : DemoKeys.FIRST_OFFICER;
    RecoveryAct draft = new RecoveryAct();
    draft.setActId("act-" + acts++);
    draft.setKind(LifeKind.REFUND);
    draft.setCaseId(CASE);
    draft.setObjectId(refund);
    draft.setEvent(event);
    draft.setOfficerId(officer);
    draft.setSecondOfficerId("officer-2");
    draft.setRole(role);
    draft.setAt(now);
    draft.setReason("reason");
    draft.setDocuments(List.of(documents));
    draft.setDetail(detail == null ? null : bytes(detail));
    take(RecoveryInput.act(Signatures.sign(draft, DemoKeys.person(officer))));
  }

  private static ByteBuffer bytes(RefundDetail detail) throws IOException {
    return detail.toByteBuffer();
  }

  private void bank(String event, long fen) throws Exception {
    take(answer(event, "B01", fen));
  }

  /** A victim objects; an officer puts it on record. */
  private void objected() throws Exception {
    act("OBJECTED", "VICTIM", null);
    assertThat(state()).isEqualTo("OBJECTION");
  }

  private RecoveryInput answer(String event, String bank, long fen) {
    return RecoveryInput.answer(
        ChannelAnswer.newBuilder()
            .setAnswerId("answer-" + acts++)
            .setCode("")
            .setChannel(OrderChannel.PAPER)
            .setKind(LifeKind.REFUND)
            .setObjectId(REFUND)
            .setCaseId(CASE)
            .setApplicationId("")
            .setBank(bank)
            .setEvent(event)
            .setAmountFen(fen)
            .setAt(now)
            .build());
  }

  private void passes(Duration time) throws Exception {
    now = now.plus(time);
    Output output = new Output();
    desk.ring(file, now, output);
    output.deliver();
    refunds.processElement2(new StreamRecord<>(now.toEpochMilli()));
    hear();
  }

  private void take(RecoveryInput input) throws Exception {
    Output output = new Output();
    desk.take(file, plans, input, now, output);
    output.deliver();
  }

  private void tell(RefundInput input) throws Exception {
    refunds.processElement1(new StreamRecord<>(input));
    hear();
  }

  private void hear() {
    refunds.extractOutputValues().forEach(plan -> plans.put(plan.getFreezeId(), plan));
    refunds.getOutput().clear();
    drain(RefundFunction.BOOKS).forEach(one -> books.put(one.getAccount(), one));
    drain(RefundFunction.VICTIMS).forEach(one -> victims.put(one.getVictim(), one));
    notices.addAll(drain(RefundFunction.NOTICES));
    alarms.addAll(drain(RefundFunction.ALARMS));
  }

  private <T> List<T> drain(OutputTag<T> tag) {
    Queue<StreamRecord<T>> side = refunds.getSideOutput(tag);
    List<T> values = new ArrayList<>();
    while (side != null && !side.isEmpty()) {
      values.add(side.poll().getValue());
    }
    return values;
  }

  /** What leaves the desk; the record of lives comes back to the refunds. */
  private final class Output implements DeskOutput {
    private final List<LifeTransition> lives = new ArrayList<>();

    @Override
    public void transition(LifeTransition transition) {
      lives.add(transition);
    }

    @Override
    public void adopted(LifeTransition transition) {
      // Stands on the record already.
    }

    @Override
    public void request(ChannelRequest request) {
      requests.add(request);
    }

    @Override
    public void notice(RestrictionNotice notice) {
      // Looked at elsewhere.
    }

    @Override
    public void alarm(RecoveryAlarm alarm) {
      if (!alarm.getAlarm().equals("ADOPTED")) {
        alarms.add(alarm);
      }
    }

    private void deliver() throws Exception {
      for (LifeTransition life : lives) {
        tell(RefundInput.life(life));
      }
    }
  }

  // --- what is known

  private RefundPlan plan() {
    return plans.get("freeze-1");
  }

  private String state() {
    return file.get(REFUND).getState();
  }

  private void theBooksHold() {
    assertThat(books.values())
        .allSatisfy(
            one -> {
              assertThat(one.getSumFen()).isZero();
              assertThat(one.getUnsettledFen()).isZero();
              assertThat(one.getFaults()).isEmpty();
            });
    assertThat(alarms).extracting(RecoveryAlarm::getAlarm).doesNotContain("BOOKS");
  }

  private Map<String, Long> balances(String account) {
    Map<String, Long> balances = new TreeMap<>();
    for (BookBalance balance : books.get(account).getBalances()) {
      balances.put(balance.getKind() + " " + balance.getOf(), balance.getFen());
    }
    return balances;
  }

  private static RefundDetail detail(List<RefundShare> shares) {
    return RefundSpecimens.refund("freeze-1", shares);
  }

  private List<RefundShare> due(ToLongFunction<RefundVictim> fen) {
    return plan().getVictims().stream()
        .map(
            one ->
                RefundSpecimens.share(
                    one.getVictim(), one.getLossFen(), one.getTracedFen(), 0, fen.applyAsLong(one)))
        .toList();
  }

  private static RefundShare share(String victim, long lossFen, long fen, long compensationFen) {
    return RefundSpecimens.share(victim, lossFen, lossFen, compensationFen, fen);
  }

  private static RefundShare fen(RefundShare share, long fen) {
    return RefundShare.newBuilder(share).setRefundFen(fen).build();
  }

  private static RefundShare holder(RefundShare share, String holder) {
    return RefundShare.newBuilder(share).setAccountHolder(holder).build();
  }

  private static RefundShare refer(RefundShare share, Referral referral) {
    return RefundShare.newBuilder(share).setReferrals(List.of(referral)).build();
  }

  private static List<RefundShare> with(List<RefundShare> list, int at, RefundShare share) {
    List<RefundShare> other = new ArrayList<>(list);
    other.set(at, share);
    return other;
  }

  private static List<RefundShare> plus(List<RefundShare> list, RefundShare share) {
    List<RefundShare> other = new ArrayList<>(list);
    other.add(share);
    return other;
  }
}
