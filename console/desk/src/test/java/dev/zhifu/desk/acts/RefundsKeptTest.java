package dev.zhifu.desk.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RefundDetail;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refund under way and money returned are not lost behind newer or earlier-sorted ones. */
class RefundsKeptTest {
  private static final Instant LONG_AGO = Cast.T0.minus(Duration.ofDays(100));

  private DeskRig rig;

  @BeforeEach
  void start() {
    rig = new DeskRig("refunds_kept");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void aRefundUnderWayStandsFirstBehindMoreNewerFreezesThanTheListHolds() {
    freeze("old", LONG_AGO);
    refund("old", "APPROVED", 0);
    freeze("paid-long-ago", LONG_AGO);
    refund("paid-long-ago", "CLOSED", 5);
    for (int i = 0; i < RefundWork.LISTED_MAX - 1; i++) {
      freeze("newer-" + i, Cast.T0.minusSeconds(i));
    }
    rig.caughtUp();
    HttpPerson officer = as("officer-1");
    String page = officer.get("/refunds").body();
    assertThat(page).contains("已冻结账户超过 200 个").contains("data-freeze=\"newer-0\"");
    assertThat(page.indexOf("data-freeze=")).isEqualTo(page.indexOf("data-freeze=\"old\""));
    assertThat(page).doesNotContain("paid-long-ago");
    officer.post("/language", java.util.Map.of("language", "en"));
    assertThat(officer.get("/refunds").body()).contains("More than 200 accounts are frozen");
  }

  @Test
  void aListThatHoldsAllSaysNothingOfMore() {
    for (int i = 0; i < RefundWork.LISTED_MAX; i++) {
      freeze("f-" + i, Cast.T0.minusSeconds(i));
    }
    rig.caughtUp();
    assertThat(as("officer-1").get("/refunds").body())
        .contains("data-freeze=\"f-199\"")
        .doesNotContain("已冻结账户超过");
  }

  @Test
  void theWallCountsMoneyReturnedInEveryRefund() {
    byte[] nothing = Bodies.write(refundLife("any", "EXECUTED", 0));
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into seen.life_change (object_id, sequence, kind, case_id, state, tick_at, cause, body)
                    select 'R-' || i, 1, 'REFUND', 'c' || i, 'EXECUTED', now(), '', ?
                    from generate_series(1, 10000) i\
                    """,
                    nothing));
    LifeTransition last = refundLife("z", "EXECUTED", 12_345_678);
    last.setObjectId("z-last");
    rig.topics().write("recovery.lives", "z", last);
    rig.caughtUp();
    assertThat(as("officer-4").get("/wall").body()).contains("123,456.78");
  }

  private void freeze(String id, Instant at) {
    FreezeDetail detail =
        FreezeDetail.newBuilder()
            .setApplicationId("a-" + id)
            .setTarget(Cast.account("B02", "6217020000000004712", "收款人", 0))
            .setAuthority(DeskRig.AUTHORITY)
            .setChannel(OrderChannel.PAPER)
            .setMode(FreezeMode.AMOUNT)
            .setAmountFen(100)
            .setTracedFen(100)
            .setTermMonths(6)
            .setFrozenFen(100)
            .build();
    rig.topics()
        .write(
            "recovery.lives",
            id,
            life(LifeKind.FREEZE, id, "ACTIVE", detail).setTickAt(at).build());
  }

  private void refund(String freezeId, String state, long paidFen) {
    rig.topics().write("recovery.lives", freezeId, refundLife(freezeId, state, paidFen));
  }

  private static LifeTransition refundLife(String freezeId, String state, long paidFen) {
    RefundDetail detail =
        RefundDetail.newBuilder().setFreezeId(freezeId).setPaidFen(paidFen).build();
    return life(LifeKind.REFUND, RefundWork.refundId(freezeId, 0), state, detail)
        .setTickAt(LONG_AGO)
        .build();
  }

  private static LifeTransition.Builder life(
      LifeKind kind, String id, String state, Object detail) {
    return LifeTransition.newBuilder()
        .setObjectId(id)
        .setKind(kind)
        .setCaseId("case-" + id)
        .setSequence(1)
        .setState(state)
        .setEvent("STATE")
        .setRole("ENGINE")
        .setCause("m")
        .setDetail(detail);
  }

  private HttpPerson as(String id) {
    return new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD);
  }
}
