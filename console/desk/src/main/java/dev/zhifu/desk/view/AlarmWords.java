package dev.zhifu.desk.view;

import dev.zhifu.desk.acts.Hindrance;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.words.Words;
import dev.zhifu.rules.lives.AlarmKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Alarms as the page's language says them: from their kind, and from what the desk knows of the
 * object. The job's own text is kept beside it.
 */
public final class AlarmWords {
  private final Store store;
  private final ByHand byHand;

  /**
   * @param store what alarms are about
   * @param byHand whom to phone
   */
  public AlarmWords(Store store, ByHand byHand) {
    this.store = store;
    this.byHand = byHand;
  }

  /**
   * One alarm.
   *
   * @param alarm as the job raised it
   * @param said what it says, in the page's language; the job's own text for a kind that the
   *     catalogue does not have
   */
  public record Line(RecoveryAlarm alarm, String said) {}

  /** These alarms in words, in their order. */
  public List<Line> of(List<RecoveryAlarm> alarms, Words words) {
    List<String> objects = alarms.stream().map(RecoveryAlarm::getObjectId).distinct().toList();
    Map<String, StopPaymentRequest> orders = orders(objects);
    Map<String, LifeTransition> lives = lives(objects);
    return alarms.stream()
        .map(
            alarm ->
                new Line(
                    alarm,
                    AlarmKind.of(alarm.getAlarm())
                        .map(
                            kind ->
                                kind.said(
                                        words.isChinese(),
                                        about(
                                            alarm,
                                            orders.get(alarm.getObjectId()),
                                            lives.get(alarm.getObjectId()),
                                            words))
                                    + why(kind, alarm, words))
                        .orElse(alarm.getWords())))
        .toList();
  }

  private AlarmKind.About about(
      RecoveryAlarm alarm, StopPaymentRequest order, LifeTransition life, Words words) {
    if (alarm.getCause().equals(DutyWatch.CAUSE)) {
      return ofDirectory(alarm, words);
    }
    List<ByHand.Place> places =
        order != null
            ? byHand.of(order)
            : life == null ? List.of(byHand.dutyRoom()) : byHand.ofDetail(life.getDetail());
    String accounts =
        places.stream()
            .filter(place -> !place.bank().isEmpty())
            .map(place -> place.name() + " " + Words.account(place.bank(), place.account()))
            .collect(Collectors.joining(", "));
    String object = words.t("life." + alarm.getKind());
    if (!accounts.isEmpty()) {
      object = words.t("alarms.of", object, accounts);
    } else if (!alarm.getObjectId().isEmpty()) {
      object = object + " " + Words.brief(alarm.getObjectId());
    }
    String state =
        order != null
            ? words.t("order." + order.getState())
            : life == null
                ? words.t("alarms.noState")
                : words.orElse("life." + life.getKind() + "." + life.getState(), life.getState());
    return about(object, state, alarm, places.get(0), words);
  }

  /** Of the directory of duty desks itself, or of one bank in it. */
  private AlarmKind.About ofDirectory(RecoveryAlarm alarm, Words words) {
    if (alarm.getObjectId().isEmpty()) {
      return about(words.t("alarms.directory"), "", alarm, byHand.dutyRoom(), words);
    }
    ByHand.Place bank = byHand.bank(alarm.getObjectId());
    return about(bank.name(), "", alarm, bank, words);
  }

  private static AlarmKind.About about(
      String object, String state, RecoveryAlarm alarm, ByHand.Place place, Words words) {
    return new AlarmKind.About(
        object,
        state,
        words.dayTime(alarm.getTickAt()),
        place.phone().isEmpty() ? words.t("notSent.noPhone") : place.phone());
  }

  /** The guards that an act failed on, as the tables name them. */
  private String why(AlarmKind kind, RecoveryAlarm alarm, Words words) {
    if (kind != AlarmKind.ACT_REFUSED) {
      return "";
    }
    return Hindrance.of(alarm.getWords(), alarm.getCause()).stream()
        .filter(one -> one.fact() != null)
        .map(one -> " " + words.t("lifeHindrance.guard", one.words(words.isChinese())))
        .collect(Collectors.joining());
  }

  private Map<String, StopPaymentRequest> orders(Collection<String> ids) {
    Map<String, StopPaymentRequest> orders = new HashMap<>();
    store
        .records(
            StopPaymentRequest.class,
            "select body from seen.stop_order where order_id = any(?)",
            (Object) ids.toArray(String[]::new))
        .forEach(order -> orders.put(order.getOrderId(), order));
    return orders;
  }

  private Map<String, LifeTransition> lives(Collection<String> ids) {
    Map<String, LifeTransition> lives = new HashMap<>();
    store
        .records(
            LifeTransition.class,
            "select distinct on (object_id) body from seen.life_change where object_id = any(?)"
                + " order by object_id, sequence desc",
            (Object) ids.toArray(String[]::new))
        .forEach(life -> lives.put(life.getObjectId(), life));
    return lives;
  }
}
