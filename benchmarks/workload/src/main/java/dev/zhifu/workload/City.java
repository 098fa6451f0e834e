package dev.zhifu.workload;

import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimWarning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A living city. It moves in steps of its own time; between two steps whoever runs it waits for the
 * engine and feeds back what the engine decided:
 *
 * <pre>{@code
 * City city = new City(CitySettings.defaults(), identity);
 * city.history(sink);
 * while (!city.finished()) {
 *   Instant stop = city.step(sink);   // events, then the tick at stop
 *   // wait until the engine has echoed the tick at stop; feed decided, warned, requested, stops and holds
 * }
 * CitySummary summary = city.summary();
 * }</pre>
 *
 * <p>All methods may be called from several threads; they wait for each other. What comes in
 * between the same two steps should be fed in a fixed order where order matters: nothing here
 * depends on it but the queue of duty officers.
 */
public final class City implements CityEffects {
  private static final String CLOCK = "city";

  private final Object lock = new Object();
  private final CitySettings settings;
  private final World world;
  private final History history;
  private final InnocentStories innocents;
  private final List<CityBank> banks;
  private boolean historyWritten;
  private boolean drained;
  private long ticks;

  /**
   * @param settings parameters; the seed among them decides everything
   * @param identity makes tokens and ciphertext
   */
  public City(CitySettings settings, Identity identity) {
    this(settings, identity, true);
  }

  private City(CitySettings settings, Identity identity, boolean emitting) {
    this.settings = settings;
    this.world = new World(settings, identity, emitting);
    this.history = new History(world);
    this.innocents = new InnocentStories(world, history);
    world.frauds.cast(history);
    world.scoreRunners.begin();
    innocents.begin();
    new DailyLife(world).begin();
    this.banks =
        IntStream.range(0, Ledger.BANKS).mapToObj(bank -> new CityBank(world, lock, bank)).toList();
  }

  /**
   * Lives the same city to its end with no engine: what its stories take when nobody stops them.
   * Nothing is sent, so it takes seconds.
   */
  public static CitySummary withoutEngine(CitySettings settings) {
    City city = new City(settings, new HashIdentity(), false);
    while (!city.finished()) {
      city.step(EventSink.NONE);
    }
    return city.summary();
  }

  /** The same, story by story. */
  public static List<StoryMoneyFate> fatesWithoutEngine(CitySettings settings) {
    City city = new City(settings, new HashIdentity(), false);
    while (!city.finished()) {
      city.step(EventSink.NONE);
    }
    return city.fates();
  }

  /**
   * Hands over the days before, in event time: who is used to pay whom. Must come before the first
   * step; a city whose history nobody wants lives it silently.
   *
   * @return number of transactions
   */
  public long history(EventSink sink) {
    synchronized (lock) {
      if (historyWritten) {
        return 0;
      }
      historyWritten = true;
      long written = history.write(sink);
      world.truth.deliver(sink);
      return written;
    }
  }

  /** City time: the end of the last step. */
  public Instant now() {
    synchronized (lock) {
      return Instant.ofEpochMilli(world.schedule.now());
    }
  }

  /** Start of the first live day. */
  public Instant start() {
    return Instant.ofEpochMilli(settings.startMs());
  }

  /** End of the last live day. */
  public Instant end() {
    return Instant.ofEpochMilli(settings.endMs());
  }

  /** True when the last day is over. */
  public boolean finished() {
    synchronized (lock) {
      return world.schedule.now() >= settings.endMs();
    }
  }

  /**
   * Lives on to the next moment at which the engine should be heard: the next full step of the
   * settings, or earlier the first full second at or after an awaiting transfer's {@code answerBy}.
   * Everything that has arrived by then is handed over in arrival order; the tick of that moment
   * comes last. At the end of the last day all that is still under way is handed over too.
   *
   * @return the new city time, a full second
   */
  public Instant step(EventSink sink) {
    synchronized (lock) {
      history(EventSink.NONE);
      long from = world.schedule.now();
      if (from >= settings.endMs()) {
        return Instant.ofEpochMilli(from);
      }
      world.effects.openInbox();
      world.payments.settle(from);
      long stop = live(nextFullStep(from));
      tick(from, stop);
      world.outbox.deliver(stop, sink);
      if (stop >= settings.endMs() && !drained) {
        drained = true;
        world.outbox.deliver(Long.MAX_VALUE, sink);
      }
      world.truth.deliver(sink);
      return Instant.ofEpochMilli(stop);
    }
  }

  /**
   * Lives on through as many steps as it takes, with what has been fed in so far; an awaiting
   * transfer that nobody answered passes.
   *
   * @param until city time; the first step that reaches it is the last
   * @return the new city time
   */
  public Instant advanceTo(Instant until, EventSink sink) {
    Instant now = now();
    while (now.isBefore(until) && !finished()) {
      now = step(sink);
    }
    return now;
  }

  /**
   * Lives on in silence: nothing is built or sent, and what is under way at the end is lost. For
   * runs that want a later hour alone.
   *
   * @return the new city time
   */
  public Instant skipTo(Instant until) {
    synchronized (lock) {
      history(EventSink.NONE);
      boolean sending = world.outbox.enabled();
      world.outbox.enable(false);
      Instant now = advanceTo(until, EventSink.NONE);
      world.outbox.enable(sending);
      return now;
    }
  }

  private long nextFullStep(long from) {
    long step = settings.run().stepSeconds() * 1000L;
    long passed = (from - settings.startMs()) / step;
    return Math.min(settings.endMs(), settings.startMs() + (passed + 1) * step);
  }

  private long live(long limit) {
    long stop = limit;
    while (true) {
      stop = Math.min(stop, world.payments.nextSettlement());
      if (world.schedule.next() >= stop) {
        world.schedule.advanceTo(stop);
        return stop;
      }
      world.schedule.runNext();
    }
  }

  private void tick(long from, long stop) {
    if (!world.outbox.enabled()) {
      return;
    }
    if (ticks == 0) {
      post(from);
    }
    for (long at = from + 1000; at <= stop; at += 1000) {
      post(at);
    }
  }

  private void post(long at) {
    world.outbox.post(new ClockTick(Instant.ofEpochMilli(at), ++ticks, CLOCK, false));
  }

  /** The banks B01 to B12. */
  public List<CityBank> banks() {
    return banks;
  }

  /**
   * The bank with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public CityBank bank(String code) {
    return banks.stream()
        .filter(bank -> bank.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No bank " + code + " in this city: it has B01 to B12"));
  }

  @Override
  public boolean decided(TransferDecision decision) {
    synchronized (lock) {
      return world.effects.decided(decision);
    }
  }

  @Override
  public void warned(VictimWarning warning) {
    synchronized (lock) {
      world.effects.warned(warning);
    }
  }

  @Override
  public void requested(StopPaymentRequest request) {
    synchronized (lock) {
      world.effects.requested(request);
    }
  }

  /**
   * What the centre's lists say at the start: pooled, hub and protected accounts, half of the coin
   * dealers, and the few mule accounts and callers that other places' cases have brought to light.
   */
  public List<ListEntry> lists() {
    synchronized (lock) {
      return new CityLists(world).entries();
    }
  }

  /**
   * Takes banks off the centre: they neither ask nor report nor obey. Before history is handed
   * over.
   *
   * @param codes codes of banks
   * @throws IllegalArgumentException if there is no such bank
   * @throws IllegalStateException if something has been sent already
   */
  public void disconnect(Collection<String> codes) {
    synchronized (lock) {
      if (historyWritten) {
        throw new IllegalStateException(
            "Banks " + codes + " have reported already; disconnect them before the history");
      }
      world.connections.cut(codes);
    }
  }

  /** What became of every victim's money so far. */
  public List<StoryMoneyFate> fates() {
    synchronized (lock) {
      return world.frauds.all().stream().map(story -> StoryMoneyFate.of(story, world)).toList();
    }
  }

  /** Every signed order so far that the truth calls wrong. */
  public List<WrongOrder> wrongOrders() {
    synchronized (lock) {
      return world.effects.wrongOrdersFound();
    }
  }

  /** Every story, with its truth so far. */
  public List<TruthStory> stories() {
    synchronized (lock) {
      List<TruthStory> stories = new ArrayList<>();
      for (FraudStory story : world.frauds.all()) {
        stories.add(TruthStory.of(story, world.messages));
      }
      for (Story story : world.simBanks.all()) {
        stories.add(TruthStory.of(story, world.messages));
      }
      for (Story story : world.scoreRunners.all()) {
        stories.add(TruthStory.of(story, world.messages));
      }
      for (Story story : innocents.all()) {
        stories.add(TruthStory.of(story, world.messages));
      }
      return stories;
    }
  }

  /**
   * Every account of the city, one after the other: a city of millions has too many for a list.
   *
   * @param taker must not call back into the city
   */
  public void accounts(Consumer<TruthAccount> taker) {
    synchronized (lock) {
      for (Account account : world.ledger.accounts()) {
        taker.accept(TruthAccount.of(account, world.messages));
      }
    }
  }

  /** Every transaction that belongs to a story, so far. */
  public List<TruthTransaction> transactions() {
    synchronized (lock) {
      return List.copyOf(world.truth.transactions());
    }
  }

  /**
   * The counts so far. Money is checked first.
   *
   * @throws IllegalStateException if a fen was made or lost
   */
  public CitySummary summary() {
    synchronized (lock) {
      world.ledger.checkConserved();
      return Accounts.summary(world);
    }
  }
}
