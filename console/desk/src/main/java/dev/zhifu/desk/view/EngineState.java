package dev.zhifu.desk.view;

import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.projection.Changes;
import dev.zhifu.desk.projection.Lane;
import dev.zhifu.desk.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How engine, topics and projection stand. */
public final class EngineState {
  /** No tick, or no decision, for longer than this is told to whoever looks; our own limit. */
  public static final Duration SILENT = Duration.ofSeconds(60);

  private final Store store;
  private final Supplier<List<Lane>> lanes;
  private final WallClock clock;

  /** When a tick reached this console last, by the wall clock; at first when it began to listen. */
  private volatile Instant heardAt;

  /**
   * @param store where the topics' tables are
   * @param lanes that read them
   * @param clock says how long no tick came: a clock that stands still cannot tell that itself
   */
  public EngineState(Store store, Supplier<List<Lane>> lanes, WallClock clock) {
    this.store = store;
    this.lanes = lanes;
    this.clock = clock;
    this.heardAt = clock.get();
  }

  /** Takes note of what a lane has read. */
  public void heard(Changes changes) {
    if (changes.clock()) {
      heardAt = clock.get();
    }
  }

  /** The newest tick; the epoch before the first. */
  public Instant tick() {
    return clock("tick").orElse(Instant.EPOCH);
  }

  private Optional<Instant> clock(String name) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select at from seen.clock where name = ?")
                    .bind(0, name)
                    .mapTo(Instant.class)
                    .findOne());
  }

  /** Everything at once. */
  public State state() {
    Optional<Instant> tick = clock("tick");
    Optional<Instant> echo = clock("echo");
    long unreadable = count("select count(*) from seen.unreadable");
    long letters = count("select count(*) from seen.dead_letter");
    return new State(
        tick.orElse(null),
        tick.isEmpty() || echo.isEmpty() ? null : Duration.between(echo.get(), tick.get()),
        Duration.between(heardAt, clock.get()),
        letters,
        unreadable,
        lanes.get().stream().map(Lane::trouble).filter(trouble -> !trouble.isEmpty()).toList(),
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select topic, sum(next_offset) as records from seen.position group by topic order by topic")
                        .map(
                            (row, context) ->
                                new Read(row.getString("topic"), row.getLong("records")))
                        .list()));
  }

  private long count(String sql) {
    return store.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /**
   * The state.
   *
   * @param tick the newest tick; null before the first
   * @param behind how far decisions lag behind the clock; null when unknown
   * @param unheard how long no tick has reached this console, by the wall clock
   * @param deadLetters records that the engine turned away
   * @param unreadable records that this console could not read
   * @param troubles of the lanes; none when all read
   * @param read how far each topic is read
   */
  public record State(
      Instant tick,
      Duration behind,
      Duration unheard,
      long deadLetters,
      long unreadable,
      List<String> troubles,
      List<Read> read) {
    /** True when ticks have stopped to reach this console: nothing here falls due any more. */
    public boolean isSilent() {
      return unheard.compareTo(SILENT) > 0;
    }

    /** True when what the pages show may be old. */
    public boolean isBehind() {
      return isSilent() || !troubles.isEmpty() || behind != null && behind.compareTo(SILENT) > 0;
    }
  }

  /** Records read of a topic. */
  public record Read(String topic, long records) {}
}
