package dev.zhifu.desk.acts;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.calendar.WorkCalendar;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.desk.DeskOutput;
import dev.zhifu.rules.lives.desk.Happening;
import dev.zhifu.rules.lives.desk.LifeDesk;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries acts on a copy of a case's lives by the very tables that the recovery job reads, so that
 * what they forbid is not offered and says why (ADR-0106). The job judges again.
 */
public final class LifeTrial {
  private final Store store;
  private final LifeDesk lives = new LifeDesk(new LegalTerms(WorkCalendar.official()));

  /** Reads lives from {@code store}. */
  public LifeTrial(Store store) {
    this.store = store;
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
   * What hinders these acts, tried one after the other on {@code file}; it is changed.
   *
   * @return why the first that is refused is refused; empty when all are allowed
   */
  List<Hindrance> judge(CaseFile file, List<RecoveryAct> acts, Instant now) {
    for (RecoveryAct act : acts) {
      Words words = new Words();
      boolean allowed =
          lives.take(file, act.getKind(), act.getObjectId(), Happening.of(act, true), now, words);
      if (!allowed) {
        return words.said.isEmpty()
            ? List.of(new Hindrance("UNKNOWN_LIFE", null, ""))
            : Hindrance.of(words.said.get(0), act.getActId());
      }
    }
    return List.of();
  }

  /** Keeps what a trial says; nothing leaves. */
  private static final class Words implements DeskOutput {
    private final List<String> said = new ArrayList<>();

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
      }
    }
  }
}
