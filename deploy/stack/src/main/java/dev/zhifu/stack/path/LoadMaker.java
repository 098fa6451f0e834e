package dev.zhifu.stack.path;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.stack.demo.DemoAuthorisation;
import dev.zhifu.stack.demo.OfficerDesk;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.workload.City;
import dev.zhifu.workload.CitySettings;
import dev.zhifu.workload.EventSink;
import dev.zhifu.workload.HashIdentity;
import dev.zhifu.workload.OfficerActDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Lives a city with nobody to stop it and keeps what it sends in a {@link LoadFile}, in the order
 * of arrival: lists and the days before, then the live days with the clock, the standing
 * authorisation's renewals and the acts by which officers accept reports, signed.
 *
 * <p>Arguments: file, residents, days, enrichment, seed, events (live ones at most).
 */
public final class LoadMaker implements EventSink {
  /** Signing under the authorisation ends 30 s after its last renewal. */
  private static final long RENEW_MS = 5_000;

  /**
   * Renewals and ticks come on topics of their own, and city seconds are milliseconds here; the
   * engine takes a renewal that lies up to 60 s ahead of the clock.
   */
  private static final Duration RENEWED_AHEAD = Duration.ofSeconds(50);

  /** An authorisation must be renewed within 30 s of the clock. */
  private static final long MOST_TICK_MS = 25_000;

  /** A city of 30,000 residents has the demo's limits. */
  private static final int DEMO_RESIDENTS = 30_000;

  private static final List<String> NOBODY = List.of();

  private final LoadFile.Writer out;
  private final City city;
  private final DemoAuthorisation authorisation;
  private final OfficerDesk desk = new OfficerDesk();
  private final Map<Class<?>, SpecificDatumWriter<?>> writers = new HashMap<>();
  private final long most;
  private final CitySettings settings;
  private boolean past = true;
  private long renewedAtMs = Long.MIN_VALUE / 2;
  private long tickedAtMs = Long.MIN_VALUE / 2;
  private final long tickEveryMs;
  private long history;
  private long events;
  private long asked;
  private long accepted;

  private LoadMaker(Path file, CitySettings settings, long most) throws IOException {
    this.out = new LoadFile.Writer(file);
    this.city = new City(settings, new OpaqueCiphers(settings.run().seed()));
    this.authorisation =
        new DemoAuthorisation(
            city.start(),
            city.end(),
            (int)
                Math.ceil(
                    settings.run().enrichment() * settings.run().residents() / DEMO_RESIDENTS));
    this.most = most;
    this.tickEveryMs = tickEvery(settings.run().residents());
    this.settings = settings;
  }

  /** Makes the file and beside it, as JSON, what is in it. */
  public static void main(String[] args) throws IOException {
    if (args.length != 6) {
      System.err.println("usage: LoadMaker FILE RESIDENTS DAYS ENRICHMENT SEED EVENTS");
      System.exit(2);
    }
    Path file = Path.of(args[0]);
    CitySettings settings =
        CitySettings.defaults()
            .withResidents(Integer.parseInt(args[1]))
            .withDays(Integer.parseInt(args[2]))
            .withEnrichment(Double.parseDouble(args[3]))
            .withSeed(Long.parseLong(args[4]));
    Path next = Path.of(file + ".part");
    LoadMaker maker = new LoadMaker(next, settings, Long.parseLong(args[5]));
    maker.live();
    Files.move(next, file);
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(Path.of(file + ".json").toFile(), maker.facts());
    System.exit(0);
  }

  private void live() throws IOException {
    for (ListEntry entry : city.lists()) {
      write("list.entries", entry.getEntryId(), entry, city.start(), NOBODY, false);
    }
    city.history(this);
    past = false;
    while (!city.finished() && events < most) {
      city.step(this);
    }
    out.close();
  }

  @Override
  public void transaction(BankTransaction event) {
    boolean asks = event.getPhase() == TransactionPhase.AWAITING;
    asked += asks ? 1 : 0;
    String payer = event.getPayer() == null ? null : event.getPayer().getAccountToken();
    String payee =
        event.getPayee() == null ? event.getEventId() : event.getPayee().getAccountToken();
    event(
        "bank.transactions",
        payer == null ? payee : payer,
        event,
        event.getOccurredAt(),
        event.getEventId(),
        asks);
  }

  @Override
  public void access(BankAccessEvent event) {
    event(
        "bank.access",
        event.getAccount().getAccountToken(),
        event,
        event.getOccurredAt(),
        event.getEventId(),
        false);
  }

  @Override
  public void telecom(TelecomEvent event) {
    event(
        "telecom.events",
        event.getNumberToken(),
        event,
        event.getOccurredAt(),
        event.getEventId(),
        false);
  }

  private void event(
      String topic, String key, SpecificRecord event, Instant at, String id, boolean asks) {
    if (past) {
      history++;
    } else {
      events++;
    }
    write(topic, key, event, at, List.of(id), asks);
  }

  /**
   * At 1,000 events a second a small city lives many seconds in one. Ticks are to come a few times
   * a second, as they do in life once: at a hundred a second the clock would be the load.
   */
  private static long tickEvery(int residents) {
    return Math.min(MOST_TICK_MS, Math.max(1, 1_500_000 / residents) * 1_000L);
  }

  @Override
  public void tick(ClockTick tick) {
    long atMs = tick.getAt().toEpochMilli();
    if (atMs < tickedAtMs + tickEveryMs) {
      return;
    }
    tickedAtMs = atMs;
    if (atMs - renewedAtMs >= RENEW_MS) {
      renewedAtMs = atMs;
      StandingAuthorisation renewed = authorisation.renewed(tick.getAt().plus(RENEWED_AHEAD));
      write(
          DemoAuthorisation.TOPIC,
          renewed.getAuthorisationId(),
          renewed,
          tick.getAt(),
          NOBODY,
          false);
    }
    write("clock.ticks", "clock", tick, tick.getAt(), NOBODY, false);
  }

  @Override
  public void officerAct(OfficerActDraft draft) {
    if (draft.kind() != ActKind.ACCEPT_REPORT) {
      return;
    }
    accepted++;
    OfficerAct act = desk.sign(draft, null);
    write(
        "officer.acts",
        act.getObjectId(),
        act,
        act.getAt(),
        List.of(act.getActId(), act.getObjectId()),
        false);
  }

  @SuppressWarnings("unchecked")
  private <T extends SpecificRecord> void write(
      String topic, String key, T value, Instant at, List<String> ids, boolean asks) {
    var writer =
        (SpecificDatumWriter<T>)
            writers.computeIfAbsent(
                value.getClass(), type -> new SpecificDatumWriter<>((Class<T>) type));
    try {
      out.write(topic, key, writer, value, at.toEpochMilli(), ids, asks, past);
    } catch (IOException e) {
      throw new UncheckedIOException("the load cannot be written", e);
    }
  }

  private Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("historyEvents", history);
    facts.put("liveEvents", events);
    facts.put("askingTransfers", asked);
    facts.put("acceptedReports", accepted);
    facts.put("enrichmentFactor", settings.enrichmentFactor());
    facts.put("startMs", city.start().toEpochMilli());
    facts.put("endMs", city.now().toEpochMilli());
    return facts;
  }

  /**
   * Tokens by hash; in place of ciphertext, bytes of its length that nobody can open: the engine
   * carries ciphertext unread, and no bank reads these orders.
   */
  private static final class OpaqueCiphers extends HashIdentity {
    private static final int CIPHER_BYTES = 200;

    private final Random random;

    OpaqueCiphers(long seed) {
      random = new Random(seed);
    }

    @Override
    public ByteBuffer cipher(String bank, String token, String name, String number) {
      byte[] bytes = new byte[CIPHER_BYTES];
      random.nextBytes(bytes);
      return ByteBuffer.wrap(bytes);
    }
  }
}
