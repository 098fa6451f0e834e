package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.AlarmKind;
import dev.zhifu.wire.RecoveryAlarm;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rings for duty desks that do not answer until somebody acknowledges, as for new requests. What
 * was mended and fails again rings again. Safe for use by several threads.
 */
public final class DutyBell {
  private final Store store;
  private final DutyWatch watch;
  private Set<String> last = Set.of();

  /**
   * @param store where acknowledgements are
   * @param watch what is raised
   */
  public DutyBell(Store store, DutyWatch watch) {
    this.store = store;
    this.watch = watch;
  }

  /** Everything that is raised at a tick, acknowledged or not. */
  public List<RecoveryAlarm> alarms(Instant now) {
    return watch.alarms(now);
  }

  /** True when other alarms stand at this tick than when it was asked last: pages must hear. */
  public synchronized boolean changed(Instant now) {
    Set<String> stand =
        watch.alarms(now).stream().map(DutyBell::key).collect(Collectors.toUnmodifiableSet());
    boolean changed = !stand.equals(last);
    last = stand;
    return changed;
  }

  /** What is raised at a tick and nobody has acknowledged. */
  public List<RecoveryAlarm> ringing(Instant now) {
    List<RecoveryAlarm> raised = watch.alarms(now);
    Set<String> heard =
        Set.copyOf(
            store.rows(
                (row, context) -> row.getString("alarm"),
                "select alarm from own.duty_acknowledged"));
    List<String> stand = raised.stream().map(DutyBell::key).toList();
    if (!stand.containsAll(heard)) {
      store
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "delete from own.duty_acknowledged where alarm <> all(?)",
                      (Object) stand.toArray(String[]::new)));
    }
    return raised.stream().filter(one -> !heard.contains(key(one))).toList();
  }

  /**
   * Acknowledges what rings at a tick.
   *
   * @param shown keys of those that the page showed
   * @return those of them that rang
   */
  public List<String> acknowledge(
      Collection<String> shown, String personId, Instant at, Instant now) {
    List<String> heard =
        ringing(now).stream().map(DutyBell::key).filter(shown::contains).distinct().toList();
    for (String alarm : heard) {
      store
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "insert into own.duty_acknowledged (alarm, person_id, at) values (?, ?, ?) on"
                          + " conflict do nothing",
                      alarm,
                      personId,
                      at));
    }
    return heard;
  }

  /**
   * What an alarm is acknowledged by. The words of a silent desk tell since when, which moves with
   * the clock; its bank does not.
   */
  public static String key(RecoveryAlarm alarm) {
    return alarm.getAlarm().equals(AlarmKind.NO_DUTY_DESK.name())
        ? alarm.getAlarm() + " " + alarm.getObjectId()
        : alarm.getAlarmId();
  }
}
