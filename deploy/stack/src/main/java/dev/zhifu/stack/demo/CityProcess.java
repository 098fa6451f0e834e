package dev.zhifu.stack.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.zhifu.bank.AuthorisationFolder;
import dev.zhifu.bank.BankLibrary;
import dev.zhifu.bank.BankSettings;
import dev.zhifu.bank.BankTransport;
import dev.zhifu.bank.BankTwin;
import dev.zhifu.bank.BankTwins;
import dev.zhifu.bank.KafkaBankTransport;
import dev.zhifu.bank.http.GatewayClient;
import dev.zhifu.bank.http.HttpBankTransport;
import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.topics.TopicTable;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.workload.City;
import dev.zhifu.workload.CityBank;
import dev.zhifu.workload.CitySettings;
import dev.zhifu.workload.EventSink;
import dev.zhifu.workload.IngressIdentity;
import dev.zhifu.workload.OfficerActDraft;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The city and its twelve banks in one process. It writes the city's streams, and between two steps
 * of the city it waits until the engine has echoed the tick, then hands back what engine and banks
 * decided. Its truth goes to files of the run's folder, never to a topic.
 *
 * <p>Argument: the run's folder.
 */
public final class CityProcess implements AutoCloseable {
  private static final long ECHO_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final Duration RULES_LIMIT = Duration.ofMinutes(5);
  private static final int QUIET_ROUNDS = 3;
  private static final int CIPHERS = 200_000;

  private final Path root;
  private final DemoPlan plan;
  private final StackInfo info;
  private final AvroCodec codec;
  private final City city;
  private final Outlet cityOutlet;
  private final Outlet officerOutlet;
  private final CityControl control;
  private final BankTwins twins;
  private final Pace pace;
  private final CityFeed feed;
  private final OfficerDesk desk = new OfficerDesk();
  private final DemoAuthorisation authorisation;
  private final OfficeLink office;

  private CityProcess(Path root) {
    this.root = root;
    this.plan = DemoPlan.read(root);
    this.info = StackInfo.read(root);
    this.codec = info.registry().codec();
    CitySettings settings = plan.city();
    this.city = new City(settings, identity(plan.seed()));
    this.cityOutlet = new Outlet(info.access(root, "city"), codec);
    this.officerOutlet = new Outlet(info.access(root, "officers"), codec);
    this.control = new CityControl(info.access(root, "city"), codec, city);
    this.authorisation = new DemoAuthorisation(city.start(), city.end());
    this.twins = new BankTwins(city.banks().stream().map(this::twin).toList());
    this.pace = new Pace(plan.speed());
    this.feed = new CityFeed(cityOutlet, pace, this::decided);
    this.office =
        new OfficeLink(
            new DemoOffice(plan.seed()), root, info, codec, officerOutlet, CityProcess::say);
  }

  /** Lives the plan of the run's folder to its end. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: CityProcess RUN_FOLDER");
      System.exit(2);
    }
    try (CityProcess process = new CityProcess(Path.of(args[0]))) {
      process.live();
    }
    System.exit(0);
  }

  /**
   * A centre's token key is secret; the demo's follows from the seed, so that two runs give the
   * same tokens.
   */
  static String tokenKey(long seed) {
    return "demo token key " + seed;
  }

  private static IngressIdentity identity(long seed) {
    byte[] key = tokenKey(seed).getBytes(StandardCharsets.UTF_8);
    return new IngressIdentity(
        new Tokens(key), new AccountSealer(DemoKeys.directory(), new SecureRandom(), CIPHERS));
  }

  private BankTwin twin(CityBank bank) {
    String principal = TopicTable.bankPrincipal(bank.code());
    Map<String, Object> client = new HashMap<>();
    info.access(root, principal)
        .clientProperties()
        .forEach((key, value) -> client.put((String) key, value));
    BankSettings settings =
        new BankSettings(
            bank.code(),
            Environment.DEMO,
            DemoKeys.directory(),
            List.of(DemoKeys.bank(bank.code())),
            0,
            root.resolve("bank-" + bank.code() + ".jsonl"));
    AuthorisationFolder agreed =
        new AuthorisationFolder(
            root.resolve("agreed"), new Signatures(DemoKeys.directory(), Environment.DEMO));
    return new BankTwin(
        bank.code(),
        new BankLibrary(
            settings,
            new CityBankCore(bank),
            (decision, late) -> city.decided(decision),
            agreed,
            transport(bank.code(), client)));
  }

  /** A bank behind the platform hears of orders from there, and of nothing else. */
  private BankTransport transport(String bank, Map<String, Object> client) {
    return info.platformBanks().contains(bank)
        ? new HttpBankTransport(
            new GatewayClient(
                URI.create(PlatformTwinProcess.address(root)),
                bank,
                "the twin of the platform asks for none",
                Clock.systemUTC()),
            root.resolve("bank-" + bank + ".cursors"))
        : new KafkaBankTransport(bank, client, codec);
  }

  private void live() throws IOException {
    prepare();
    say(
        "city of "
            + plan.residents()
            + " residents, seed "
            + plan.seed()
            + ": writing its history");
    long history = city.history(feed);
    RulesGate.await(root, RULES_LIMIT);
    startClock();
    feed.heartbeat(city.start());
    say(history + " movements of the past written; waiting for the engine to have read them");
    awaitEcho(city.start());
    say("live");
    Instant end = end();
    long before = feed.events();
    pace.startAt(city.start());
    while (city.now().isBefore(end)
        && !(plan.events() > 0 && feed.events() - before >= plan.events())) {
      step();
    }
    settle();
    office.finish(city.now());
    writeTruth();
    say("the city has reached " + city.now());
  }

  /** The clock stands at the start while history is read; the city's own first tick repeats it. */
  private void startClock() {
    feed.tick(new ClockTick(city.start(), 0L, "city", false));
  }

  private Instant end() {
    return plan.minutes() == 0 ? city.end() : city.start().plus(Duration.ofMinutes(plan.minutes()));
  }

  private void prepare() {
    city.lists()
        .forEach(entry -> cityOutlet.send("list.entries", entry.getEntryId(), entry, sentNow()));
    cityOutlet.flush();
    if (plan.authorisation()) {
      AuthorisationFolder.put(root.resolve("agreed"), authorisation.document());
      renew(city.start());
    }
  }

  private void renew(Instant now) {
    officerOutlet.send(
        DemoAuthorisation.TOPIC,
        authorisation.document().getAuthorisationId(),
        authorisation.renewed(now),
        sentNow());
    officerOutlet.flush();
  }

  private void step() {
    if (plan.authorisation()) {
      renew(city.now());
    }
    Instant stop = city.step(feed);
    feed.heartbeat(stop);
    officerOutlet.flush();
    awaitEcho(stop);
    settle();
    // Last: nobody of the city waits for the office.
    office.step(stop);
  }

  private void awaitEcho(Instant at) {
    long limit = System.nanoTime() + ECHO_LIMIT_NANOS;
    while (control.echoed().isBefore(at)) {
      control.poll(Duration.ofMillis(20));
      twins.step();
      if (System.nanoTime() > limit) {
        throw new StackException(
            "the engine has not echoed the tick of "
                + at
                + " within 10 minutes; its last was "
                + control.echoed());
      }
    }
  }

  /** Answers lie on several topics; all are in once three rounds over all of them find nothing. */
  private void settle() {
    for (int quiet = 0; quiet < QUIET_ROUNDS; quiet++) {
      if (control.poll(Duration.ZERO) + twins.step() > 0) {
        quiet = -1;
      }
      LockSupport.parkNanos(SETTLE_NANOS);
    }
  }

  private void decided(OfficerActDraft draft) {
    if (!OfficerDesk.mayAct(draft, control.request(draft.objectId()))) {
      say(
          "officer "
              + draft.officerId()
              + " cannot sign "
              + draft.objectId()
              + " yet: its request"
              + " names no transaction of the account's bank");
      return;
    }
    if (draft.report() != null) {
      office.report(draft.report());
    }
    OfficerAct act = desk.sign(draft, control.request(draft.objectId()));
    officerOutlet.send("officer.acts", act.getObjectId(), act, sentNow());
  }

  private void writeTruth() throws IOException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(
        root.resolve(CityTruth.FILE), json.writeValueAsString(CityTruth.of(city, withoutEngine())));
  }

  /** The same city up to the same moment with nobody to stop anything. */
  private City withoutEngine() {
    City alone = new City(plan.city(), new dev.zhifu.workload.HashIdentity());
    alone.advanceTo(city.now(), EventSink.NONE);
    return alone;
  }

  /** Wall clock on purpose: latency is measured from the moment at which a record was sent. */
  private static long sentNow() {
    return System.currentTimeMillis();
  }

  private static void say(String line) {
    System.out.println(line);
  }

  @Override
  public void close() {
    twins.close();
    control.close();
    office.close();
    cityOutlet.close();
    officerOutlet.close();
  }
}
