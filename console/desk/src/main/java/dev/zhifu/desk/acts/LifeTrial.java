package dev.zhifu.desk.acts;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.calendar.WorkCalendar;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.desk.DeskOutput;
import dev.zhifu.rules.lives.desk.Happening;
import dev.zhifu.rules.lives.desk.LifeDesk;
import dev.zhifu.rules.money.refund.PlanCheck;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries acts on a copy of a case's lives by the very tables that the recovery job reads, so that
 * what they forbid is not offered and says why (ADR-0106). The job judges again.
 */
public final class LifeTrial {
  /** How recovery names the answer that an act types in. */
  private static final String ANSWER = ":answer";

  private final Store store;
  private final RefundBook refunds;
  private final LifeDesk lives = new LifeDesk(new LegalTerms(WorkCalendar.official()));

  /** Reads lives from {@code store}. */
  public LifeTrial(Store store) {
    this.store = store;
    this.refunds = new RefundBook(store);
  }

  /** The lives of a case as recovery has told them, and its stop orders as detection has. */
  public CaseFile file(String caseId, Instant now) {
    Map<String, LifeTransition> known = new HashMap<>();
    List<StopPaymentRequest> orders = new ArrayList<>();
    store
        .jdbi()
        .useHandle(
            handle -> {
              handle
                  .createQuery(
                      """
                      select distinct on (object_id) body from seen.life_change where case_id = ?
                      order by object_id, sequence desc limit 4000\
                      """)
                  .bind(0, caseId)
                  .mapTo(byte[].class)
                  .map(body -> Bodies.read(body, LifeTransition.class))
                  .forEach(life -> known.put(life.getObjectId(), life));
              handle
                  .createQuery(
                      "select s.body from seen.order_case oc join seen.stop_order s using"
                          + " (order_id) where oc.case_id = ? limit 500")
                  .bind(0, caseId)
                  .mapTo(byte[].class)
                  .map(body -> Bodies.read(body, StopPaymentRequest.class))
                  .forEach(orders::add);
            });
    CaseFile file = new CaseFile(caseId, known);
    orders.forEach(order -> lives.adopt(file, order, now, new Words()));
    return file;
  }

  /**
   * What is tried: an act, or a bank's answer.
   *
   * @param kind whose life
   * @param objectId the object
   * @param happening what happens to it
   */
  record Step(LifeKind kind, String objectId, Happening happening) {
    static Step of(RecoveryAct act) {
      return new Step(act.getKind(), act.getObjectId(), Happening.of(act, true));
    }

    static Step of(ChannelAnswer answer) {
      return new Step(answer.getKind(), answer.getObjectId(), Happening.of(answer));
    }
  }

  /**
   * What hinders a step on {@code file}, which it changes when nothing does.
   *
   * @return why it is refused; empty when it is allowed
   */
  List<Hindrance> judge(CaseFile file, Step step, Instant now) {
    Optional<String> fault = planFault(file, step);
    if (fault.isPresent()) {
      return List.of(Hindrance.ofPlan(fault.get()));
    }
    Words words = new Words();
    if (lives.take(file, step.kind, step.objectId, step.happening, now, words)) {
      // A paper takes any answer that its kind can have; what it is about may not wait for it.
      return words.astray.isEmpty()
          ? List.of()
          : Hindrance.of(words.astray.get(0), step.happening.cause() + ANSWER);
    }
    List<String> why = words.said.isEmpty() ? words.astray : words.said;
    return why.isEmpty()
        ? List.of(new Hindrance("UNKNOWN_LIFE", null, ""))
        : Hindrance.of(why.get(0), step.happening.cause());
  }

  /** An act about a refund is held against the plan first, as the job does (ADR-0098). */
  private Optional<String> planFault(CaseFile file, Step step) {
    if (step.kind != LifeKind.REFUND || step.happening.answer() != null) {
      return Optional.empty();
    }
    RefundDetail told = step.happening.detail() instanceof RefundDetail detail ? detail : null;
    LifeTransition life = file.get(step.objectId);
    RefundDetail held = life == null ? told : (RefundDetail) life.getDetail();
    LifeTransition freeze = held == null ? null : file.get(held.getFreezeId());
    if (freeze == null || !(freeze.getDetail() instanceof FreezeDetail frozen)) {
      return Optional.empty();
    }
    return PlanCheck.fault(
        step.happening.event(),
        held.getFreezeId(),
        frozen.getTarget(),
        refunds.plan(held.getFreezeId()).orElse(null),
        told == null || told.getShares().isEmpty() ? held.getShares() : told.getShares(),
        RefundBook.frozenFen(freeze),
        RefundBook.frozenInCaseFen(file));
  }

  /** Keeps what a trial says; nothing leaves. */
  private static final class Words implements DeskOutput {
    private final List<String> said = new ArrayList<>();
    private final List<String> astray = new ArrayList<>();

    @Override
    public void transition(LifeTransition transition) {
      // A trial sends nothing.
    }

    @Override
    public void adopted(LifeTransition transition) {
      // A trial sends nothing.
    }

    @Override
    public void request(ChannelRequest request) {
      // A trial sends nothing.
    }

    @Override
    public void notice(RestrictionNotice notice) {
      // A trial sends nothing.
    }

    @Override
    public void alarm(RecoveryAlarm alarm) {
      if (alarm.getAlarm().equals("ACT_REFUSED")) {
        said.add(alarm.getWords());
      } else if (alarm.getAlarm().equals("ANSWER_OUT_OF_PLACE")) {
        astray.add(alarm.getWords());
      }
    }
  }
}
