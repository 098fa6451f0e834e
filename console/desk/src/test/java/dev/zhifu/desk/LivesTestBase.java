package dev.zhifu.desk;

import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.acts.LifeOffers;
import dev.zhifu.desk.acts.Signers;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What tests of acts on lives stand on: a desk whose acts the recovery job's tables answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LivesTestBase {
  protected static final Person OFFICER = new Person("officer-1", "李", Role.OFFICER, null);
  protected static final Person LEADER = new Person("officer-4", "陈", Role.SHIFT_LEADER, null);
  protected static final Person HEAD = new Person("head-1", "高", Role.SUPERVISOR, null);
  protected static final Person LEGAL = new Person("legal-1", "沈", Role.LEGAL, null);
  protected static final Person BANK = new Person("bank-b02", "B02", Role.BANK, "B02");
  protected static final Person OTHER_BANK = new Person("bank-b03", "B03", Role.BANK, "B03");

  /** The wall clock, which stands until a test moves it. */
  protected Instant now = Instant.parse("2026-05-05T18:00:00Z");

  protected DeskRig rig;
  protected RecoveryTwin recovery;
  protected ActDesk acts;
  protected LifeOffers offers;
  protected Appeals appeals;

  @BeforeAll
  void startLives() {
    rig = new DeskRig(getClass().getSimpleName().toLowerCase(Locale.ROOT));
    recovery = new RecoveryTwin(rig);
    Audit audit = new Audit(rig.store(), () -> now);
    acts = new ActDesk(rig.store(), rig.topics()::write, Signers.demo(), audit, () -> now);
    offers = new LifeOffers(rig.store(), acts.lives(), DeskRig.AUTHORITY);
    appeals = new Appeals(rig.store(), acts, audit);
  }

  @AfterAll
  void stopLives() {
    rig.close();
  }

  /** A reported case with a stop in force at B02. */
  protected DeskRig.Told stopped(String name) {
    DeskRig.Told told = rig.tell(name, 4_000_000, "R-" + name);
    recovery.accepted(told.opened(), "R-" + name, Cast.T0);
    inForce(told.draft());
    return told;
  }

  /** The stop of B02 that a draft asks for. */
  protected StopPaymentRequest inForce(StopPaymentRequest draft) {
    StopPaymentRequest sent = Cast.next(draft, OrderState.SENT, "someone", Cast.T0);
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics()
        .write(
            "bank.B02.inbound",
            sent.getOrderId(),
            Cast.receipt(sent, ReceiptResult.STOPPED, 4_000_000, Cast.T0));
    rig.topics().write("stop.requests", sent.getOrderId(), active);
    recovery.stop(active);
    rig.caughtUp();
    return active;
  }
}
