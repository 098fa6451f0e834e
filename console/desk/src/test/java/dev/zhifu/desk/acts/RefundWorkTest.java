package dev.zhifu.desk.acts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.RecoveryTwin;
import dev.zhifu.desk.RefundCast;
import dev.zhifu.desk.acts.RefundWork.Typed;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.rules.money.refund.RefundSteps;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.Referral;
import dev.zhifu.wire.RefundShare;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A refund at the desk from the freeze to the bank's receipt, by the job's own tables and plan. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefundWorkTest {
  private static final Person OFFICER = new Person("officer-1", "李", Role.OFFICER, null);
  private static final Person LEADER = new Person("officer-4", "陈", Role.SHIFT_LEADER, null);
  private static final Person HEAD = new Person("head-1", "高", Role.SUPERVISOR, null);
  private static final Person LEGAL = new Person("legal-1", "沈", Role.LEGAL, null);

  private DeskRig rig;
  private RecoveryTwin recovery;
  private Instant wall = Instant.parse("2026-05-05T18:00:00Z");
  private Instant tick = Cast.T0;
  private ActDesk acts;
  private RefundWork refunds;

  @BeforeAll
  void start() {
    rig = new DeskRig("refunds");
    recovery = new RecoveryTwin(rig);
    acts =
        new ActDesk(
            rig.store(),
            rig.topics()::write,
            Signers.demo(),
            new Audit(rig.store(), () -> wall),
            () -> wall);
    refunds = new RefundWork(rig.store(), acts.lives());
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static Typed typed(String... documents) {
    return new Typed(
        "按规定办理",
        List.of(documents),
        RatioMode.NORMALISED,
        Map.of(),
        Map.of(),
        Map.of(),
        true,
        true,
        true);
  }

  private static Typed list(Map<String, Long> compensation, Map<String, String> accounts) {
    return new Typed(
        "按规定办理",
        List.of(),
        RatioMode.NORMALISED,
        compensation,
        accounts,
        Map.of(),
        true,
        true,
        true);
  }

  private RefundSheet sheet(RefundCast about) {
    return refunds.sheet(about.freezeId()).orElseThrow();
  }

  private List<String> hindered(RefundCast about, Person person, String event) {
    return refunds.offers(sheet(about), person).stream()
        .filter(offer -> offer.event().equals(event))
        .findFirst()
        .orElseThrow(() -> new AssertionError(event + " is not shown to " + person.id()))
        .hindrances()
        .stream()
        .map(Hindrance::rule)
        .toList();
  }

  /** Asks, confirms where two are needed, and hears the job's word. */
  private void done(RefundCast about, Person person, String event, Typed typed) {
    String group = refunds.ask(sheet(about), person, event, typed);
    Act asked = one(about, group);
    if (asked.state() == ActState.ASKED) {
      assertThatThrownBy(() -> acts.confirm(person, group)).hasMessage("act.samePerson");
      acts.confirm(person.equals(LEADER) ? HEAD : LEADER, group);
    }
    assertThat(one(about, group).state()).as("before the job's word").isEqualTo(ActState.SENT);
    recovery.answer(tick);
    assertThat(one(about, group).state()).as(event).isEqualTo(ActState.DONE);
  }

  private Act one(RefundCast about, String group) {
    return acts.lives().ofCase(about.caseId()).stream()
        .filter(act -> act.groupId().equals(group))
        .findFirst()
        .orElseThrow();
  }

  private void passes(RefundCast about, Instant to) {
    tick = to;
    rig.tick(to);
    recovery.ring(about.caseId(), to);
  }

  @Test
  void aRefundGoesFromTheFreezeToTheBanksReceipt() {
    RefundCast about = new RefundCast(rig, recovery).frozen("返还");
    assertThat(hindered(about, OFFICER, "OPENED")).isEmpty();
    assertThat(refunds.offers(sheet(about), LEGAL)).isEmpty();
    done(about, OFFICER, "OPENED", typed("id:核验〔2026〕1号"));
    assertThat(hindered(about, OFFICER, "FLOW_TABLE_BUILT")).containsExactly("PLAN_KNOWN");

    about.planned();
    done(about, OFFICER, "FLOW_TABLE_BUILT", typed());
    assertThat(hindered(about, OFFICER, "FOUND_SINGLE")).containsExactly("WAY_BY_LEDGER");
    assertThat(hindered(about, OFFICER, "FOUND_BY_TIMESTAMP")).containsExactly("WAY_BY_LEDGER");
    done(about, OFFICER, "FOUND_PRORATA", typed());
    done(about, OFFICER, "PUBLISHED", typed("publication:公告〔2026〕1号"));
    assertThat(sheet(about).refund().getClocks())
        .as("30 days of notice run")
        .anyMatch(clock -> clock.getEvent().equals("NOTICE_ENDED"));
    done(about, OFFICER, "OBJECTED", typed());
    assertThat(hindered(about, OFFICER, "PREPARED"))
        .containsExactlyInAnyOrder("NOTICE_OVER", "OBJECTIONS_DECIDED");
    done(about, OFFICER, "OBJECTION_DECIDED", typed());
    passes(about, RefundCast.afterNotice());

    String first = about.victim(0);
    String typedAccount = about.account(2).getAccountToken();
    assertThatThrownBy(
            () -> refunds.ask(sheet(about), OFFICER, "PREPARED", list(Map.of(), Map.of())))
        .as("no account of the third victim is known")
        .hasMessage("refund.noAccount");
    Map<String, String> strangers = new HashMap<>();
    strangers.put(about.victim(2), about.told().victim().getAccountToken());
    assertThatThrownBy(
            () -> refunds.ask(sheet(about), OFFICER, "PREPARED", list(Map.of(), strangers)))
        .as("an account that payments show to be somebody else's")
        .hasMessage("act.tables");
    done(
        about,
        OFFICER,
        "PREPARED",
        new Typed(
            "方案附后",
            List.of(),
            RatioMode.NORMALISED,
            Map.of(first, 1_000_000L),
            Map.of(about.victim(2), typedAccount),
            Map.of(first, Referral.HARDSHIP_AID),
            true,
            true,
            true));
    // Net losses 5, 9 and 5 million fen of 19: the last fen go to the largest remainders.
    Map<String, Long> due = new HashMap<>();
    for (RefundShare share : sheet(about).detail().getShares()) {
      due.put(share.getVictim(), share.getRefundFen());
    }
    assertThat(due)
        .containsEntry(first, 2_631_579L)
        .containsEntry(about.victim(1), 4_736_842L)
        .containsEntry(about.victim(2), 2_631_579L);

    assertThat(refunds.offers(sheet(about), OFFICER))
        .extracting(LifeOffer::event)
        .doesNotContain("APPROVED");
    done(about, HEAD, "APPROVED", typed());
    done(about, OFFICER, "SERVED", typed("notice:返通字〔2026〕1号"));
    RecoveryAct served = newest("SERVED");
    assertThat(served.getSecondOfficerId()).isEqualTo(LEADER.id());
    assertThat(served.getDocuments()).containsExactly("notice:返通字〔2026〕1号");

    done(about, OFFICER, "BANK_EXAMINES", typed("answer:高原银行收 1 号"));
    done(about, OFFICER, "BANK_ACCEPTS", typed("answer:高原银行收 2 号"));
    assertThat(sheet(about).refund().getClocks())
        .as("3 working days to pay")
        .anyMatch(clock -> clock.getEvent().equals("EXECUTION_LATE"));
    done(about, OFFICER, "BANK_PAID", typed("answer:高原银行回执 3 号"));
    assertThat(sheet(about).state()).isEqualTo("EXECUTED");
    assertThat(sheet(about).detail().getPaidFen()).isEqualTo(RefundCast.FROZEN);
    ChannelAnswer receipt = answers().get(answers().size() - 1);
    assertThat(receipt.getDocumentNumber()).isEqualTo("高原银行回执 3 号");
    assertThat(receipt.getAmountFen()).isEqualTo(RefundCast.FROZEN);
    assertThat(sheet(about).history()).hasSizeGreaterThan(10);
  }

  private RecoveryAct newest(String event) {
    List<RecoveryAct> all =
        rig.topics().all("recovery.acts").stream()
            .map(record -> Bodies.read(record.value(), RecoveryAct.class))
            .filter(act -> act.getEvent().equals(event))
            .toList();
    return all.get(all.size() - 1);
  }

  private List<ChannelAnswer> answers() {
    return rig.topics().all("recovery.answers").stream()
        .map(record -> Bodies.read(record.value(), ChannelAnswer.class))
        .toList();
  }

  @Test
  void theSumsAreShownStepByStepUnderTheCompensationBeingTyped() {
    RefundCast about = new RefundCast(rig, recovery).frozen("计算").planned();
    RefundSteps steps =
        refunds
            .sheet(about.freezeId(), Map.of(about.victim(1), 9_000_000L))
            .orElseThrow()
            .steps()
            .get(RatioMode.NORMALISED);
    assertThat(steps.lines()).extracting(RefundSteps.Line::netFen).contains(0L);
    assertThat(steps.refundFen() + steps.residueFen()).isEqualTo(RefundCast.FROZEN);
    assertThat(sheet(about).steps()).as("20 of 10 million: the literal cannot be paid").hasSize(1);
    RefundSheet.Victim victim = sheet(about).victims().get(0);
    assertThat(victim.thereLowFen()).isPositive();
    assertThat(victim.thereHighFen()).isGreaterThan(victim.thereLowFen());
    assertThat(sheet(about).hops()).hasSize(3).noneMatch(RefundSheet.Hop::unproved);
    assertThat(refunds.all().sheets())
        .extracting(one -> one.freeze().getObjectId())
        .contains(about.freezeId());
  }

  @Test
  void withoutTheJobsWordItIsNotSentAndThenMayStillCome() {
    RefundCast about = new RefundCast(rig, recovery).frozen("迟到").planned();
    String group = refunds.ask(sheet(about), OFFICER, "OPENED", typed("id:1"));
    wall = wall.plus(ActDesk.WORD_WITHIN).plusMillis(1);
    assertThat(one(about, group).state()).isEqualTo(ActState.NOT_SENT);
    recovery.answer(tick);
    assertThat(one(about, group).state()).isEqualTo(ActState.DONE);
    assertThatThrownBy(() -> refunds.ask(sheet(about), OFFICER, "OPENED", typed("id:1")))
        .as("a freeze has one refund case")
        .hasMessage("act.unknown");
  }

  @Test
  void aRefusedRefundCanBeOpenedAgainAndItsHistoryStays() {
    RefundCast about = new RefundCast(rig, recovery).frozen("重启").planned();
    done(about, OFFICER, "OPENED", typed("id:1"));
    String first = sheet(about).refundId();
    done(about, OFFICER, "REFUSED", typed());
    assertThat(sheet(about).refundId()).isNotEqualTo(first);
    assertThat(sheet(about).history()).hasSize(2);
    assertThat(hindered(about, OFFICER, "OPENED")).isEmpty();
    done(about, OFFICER, "OPENED", typed("id:2"));
    assertThat(sheet(about).state()).isEqualTo("OPENED");
  }
}
