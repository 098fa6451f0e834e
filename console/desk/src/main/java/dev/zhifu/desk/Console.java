package dev.zhifu.desk;

import dev.zhifu.desk.ConsoleSettings.Key;
import dev.zhifu.desk.acts.AccountQueries;
import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.acts.KafkaPen;
import dev.zhifu.desk.acts.LifeOffers;
import dev.zhifu.desk.acts.RefundWork;
import dev.zhifu.desk.acts.Signers;
import dev.zhifu.desk.acts.TopicPen;
import dev.zhifu.desk.door.Door;
import dev.zhifu.desk.door.Proxies;
import dev.zhifu.desk.gateway.BankAccess;
import dev.zhifu.desk.gateway.BankReports;
import dev.zhifu.desk.gateway.Centre;
import dev.zhifu.desk.gateway.GatewayLimits;
import dev.zhifu.desk.gateway.GatewayServer;
import dev.zhifu.desk.gateway.HttpPlatformLine;
import dev.zhifu.desk.gateway.Keep;
import dev.zhifu.desk.gateway.PlatformAccess;
import dev.zhifu.desk.gateway.PlatformAdapter;
import dev.zhifu.desk.gateway.PlatformLine;
import dev.zhifu.desk.gateway.PlatformReports;
import dev.zhifu.desk.identities.Identities;
import dev.zhifu.desk.identities.NameIndex;
import dev.zhifu.desk.intake.IntakeDesk;
import dev.zhifu.desk.intake.Scans;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.AuditChain;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.People;
import dev.zhifu.desk.people.Sessions;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.projection.Changes;
import dev.zhifu.desk.projection.Decoder;
import dev.zhifu.desk.projection.KafkaTopicFeed;
import dev.zhifu.desk.projection.Lane;
import dev.zhifu.desk.projection.Projection;
import dev.zhifu.desk.projection.RegistryDecoder;
import dev.zhifu.desk.projection.TopicFeed;
import dev.zhifu.desk.projection.Topics;
import dev.zhifu.desk.rules.RuleBook;
import dev.zhifu.desk.rules.RuleTools;
import dev.zhifu.desk.rules.RuleTrials;
import dev.zhifu.desk.rules.RuleWork;
import dev.zhifu.desk.shift.ShiftBook;
import dev.zhifu.desk.signon.ProviderSettings;
import dev.zhifu.desk.signon.SignOn;
import dev.zhifu.desk.standing.StandingDesk;
import dev.zhifu.desk.store.LocalPostgres;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.view.AlarmWords;
import dev.zhifu.desk.view.BankDirectory;
import dev.zhifu.desk.view.BankPages;
import dev.zhifu.desk.view.ByHand;
import dev.zhifu.desk.view.CaseViews;
import dev.zhifu.desk.view.Cases;
import dev.zhifu.desk.view.DutyBell;
import dev.zhifu.desk.view.DutyWatch;
import dev.zhifu.desk.view.EngineState;
import dev.zhifu.desk.view.FlowGraph;
import dev.zhifu.desk.view.Harms;
import dev.zhifu.desk.view.History;
import dev.zhifu.desk.view.Lifts;
import dev.zhifu.desk.view.Papers;
import dev.zhifu.desk.view.RuleTexts;
import dev.zhifu.desk.view.Search;
import dev.zhifu.desk.view.Sendings;
import dev.zhifu.desk.view.Traced;
import dev.zhifu.desk.view.Wall;
import dev.zhifu.desk.warnings.WarningDesk;
import dev.zhifu.desk.web.Desk;
import dev.zhifu.desk.web.DeskServer;
import dev.zhifu.desk.web.LiveHub;
import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.ingress.Vault;
import dev.zhifu.rules.lives.directory.Contact;
import dev.zhifu.rules.lives.directory.Directories;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyDirectoryFile;
import dev.zhifu.schemas.topics.TopicTable;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console process: projection and desk. Argument: a settings file (docs/desk.md). */
public final class Console implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);
  private static final int CIPHERS = 100_000;
  private static final long RENEW_SECONDS = 5;

  /** Between two steps over the chain of the audit; an engineering default. */
  private static final long WALK_SECONDS = 60;

  private static final long FORGET_MINUTES = 10;
  private static final String DEMO_CONTACTS = "/directory/demo-dispatch.yaml";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final DeskServer server;
  private final Parts parts;
  private final AccountSealer sealer;
  private final Identities identities;
  private final ActDesk acts;
  private final Appeals appeals;
  private final BankPages bankPages;
  private final Scans scans;

  /**
   * Starts a console over any topics.
   *
   * @param parts what it stands on
   * @param door where the desk listens
   */
  public Console(Parts parts, Door door) {
    this.parts = parts;
    Store store = parts.store();
    WallClock clock = parts.clock();
    Projection projection = new Projection(store, parts.decoder());
    List<Lane> lanes = new ArrayList<>();
    EngineState engine = new EngineState(store, () -> lanes, clock);
    LiveHub live = new LiveHub(engine::tick);
    DutyBell duty = new DutyBell(store, parts.duty());
    Consumer<Changes> told =
        changes -> {
          engine.heard(changes);
          live.changed(changes);
          if (changes.clock() && duty.changed(engine.tick())) {
            live.changed();
          }
        };
    lanes.add(lane("decisive", projection, parts, Topics.decisive(parts.banks()), told));
    lanes.add(lane("events", projection, parts, Topics.events(), told));
    People people = new People(store);
    SignOn signOn = null;
    if (parts.provider() != null) {
      people.endLocalSessions();
      signOn = new SignOn(parts.provider(), store, people, clock);
    } else if (parts.environment().equals("DEMO")) {
      DemoPeople.addTo(people);
    }
    Audit audit = new Audit(store, clock);
    this.acts = new ActDesk(store, parts.pen(), parts.signers(), audit, clock);
    RuleTexts rules = new RuleTexts(store);
    Cases cases = new Cases(store);
    Papers papers = new Papers(store);
    NameIndex names = new NameIndex(store, parts.tokens());
    this.identities =
        new Identities(
            parts.vault(),
            names,
            audit,
            clock,
            () -> people.all().stream().map(People.Listed::person).toList());
    this.sealer = new AccountSealer(parts.keys(), new SecureRandom(), CIPHERS);
    this.appeals = new Appeals(store, acts, audit);
    AccountQueries queries = new AccountQueries(store);
    this.scans = new Scans(store, parts.vault(), audit, clock, parts.scansKept());
    IntakeDesk intake =
        new IntakeDesk(
            store,
            parts.tokens(),
            sealer,
            parts.directory(),
            parts.pen(),
            acts,
            identities,
            queries,
            scans);
    this.bankPages = new BankPages(store, parts.directory());
    WarningDesk warnings = new WarningDesk(store, acts, audit, parts.contacts());
    StandingDesk standing = new StandingDesk(store, acts, parts.pen(), parts.signers(), audit);
    RuleBook ruleBook = new RuleBook(store);
    RuleWork ruleWork =
        new RuleWork(ruleBook, acts, parts.pen(), parts.signers(), audit, clock, parts.ruleTools());
    RuleTrials trials =
        new RuleTrials(ruleBook, ruleWork, parts.ruleTools(), audit, clock, live::changed);
    opened.push(trials);
    ByHand byHand = new ByHand(cases, acts, parts.directory(), parts.contacts(), parts.authority());
    this.server =
        DeskServer.start(
            new Desk(
                parts.environment(),
                parts.secure(),
                clock,
                people,
                signOn,
                new Sessions(store, clock),
                audit,
                cases,
                new CaseViews(
                    cases,
                    rules,
                    new FlowGraph(store),
                    parts.directory(),
                    acts,
                    new Traced(store),
                    papers,
                    new Lifts(store),
                    queries,
                    new History(store, cases),
                    new Harms(store),
                    appeals,
                    new Sendings(store)),
                new Search(store, parts.tokens(), parts.directory(), names),
                papers,
                byHand,
                new AlarmWords(store, byHand),
                rules,
                bankPages,
                engine,
                acts,
                intake,
                queries,
                new BankReports(store, parts.paperworkWithin()),
                new LifeOffers(store, acts.lives(), parts.authority()),
                new RefundWork(store, acts.lives()),
                appeals,
                warnings,
                identities,
                new ShiftBook(store, acts, warnings, parts.signers(), audit),
                standing,
                new Wall(store, bankPages, warnings, engine),
                duty,
                ruleBook,
                ruleWork,
                trials,
                live),
            door);
    opened.push(server);
    opened.push(renewal(standing));
    opened.push(walking(audit.chain()));
    opened.push(forgetting(scans));
    lanes.forEach(
        lane -> {
          lane.start();
          opened.push(lane);
        });
  }

  /**
   * What stands behind a gateway of this console.
   *
   * @param ingress writes movements of money; null where they come in elsewhere
   */
  public Centre centre(TopicPen ingress) {
    return new Centre(
        parts.tokens(),
        sealer,
        parts.directory(),
        identities,
        parts.pen(),
        ingress,
        acts::tick,
        appeals,
        bankPages,
        scans);
  }

  /** Renews what was signed here for as long as this process lives. */
  private static AutoCloseable renewal(StandingDesk standing) {
    // Not heard for 30 s, signing turns back into requests: that is what it is for.
    return timer(
        "standing-renewal",
        RENEW_SECONDS,
        standing::renew,
        "standing authorisations are not renewed");
  }

  /** Walks the audit's chain on, round after round. */
  private static AutoCloseable walking(AuditChain chain) {
    return timer("audit-walk", WALK_SECONDS, chain::walk, "the audit's chain is not walked");
  }

  private static AutoCloseable timer(String name, long seconds, Runnable what, String failed) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            what.run();
          } catch (RuntimeException | AssertionError e) {
            LOG.warn("{}: {}", failed, e.toString());
          }
        },
        seconds,
        seconds,
        TimeUnit.SECONDS);
    return timer::shutdownNow;
  }

  /** Forgets scans that were kept long enough, for as long as this process lives. */
  private static AutoCloseable forgetting(Scans scans) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "scans-forget");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            int gone = scans.forget();
            if (gone > 0) {
              LOG.info("{} scans were kept long enough; their bytes are gone", gone);
            }
          } catch (RuntimeException | AssertionError e) {
            LOG.warn("scans are not forgotten now: {}", e.toString());
          }
        },
        1,
        FORGET_MINUTES,
        TimeUnit.MINUTES);
    return timer::shutdownNow;
  }

  private static Lane lane(
      String name,
      Projection projection,
      Parts parts,
      Collection<String> topics,
      Consumer<Changes> told) {
    return new Lane(name, projection, () -> parts.feeds().apply(topics), told);
  }

  /**
   * Runs until the process is ended.
   *
   * @throws IOException when an address file cannot be written
   */
  public static void main(String[] args) throws IOException {
    int code = start(args, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Starts a desk.
   *
   * @param args the path of a settings file
   * @param told hears why nothing was started
   * @return 0 when it runs, 2 when arguments or settings are wrong
   */
  static int start(String[] args, PrintStream told) throws IOException {
    if (args.length != 1) {
      told.println("usage: Console SETTINGS_FILE");
      return 2;
    }
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      run(ConsoleSettings.read(Path.of(args[0])), opened);
      return 0;
    } catch (IllegalArgumentException e) {
      close(opened);
      told.println("console: " + args[0] + ": " + e.getMessage());
      return 2;
    } catch (RuntimeException | IOException e) {
      close(opened);
      throw e;
    }
  }

  private static void run(ConsoleSettings settings, Deque<AutoCloseable> opened)
      throws IOException {
    SettingsCheck.check(settings);
    SettingsCheck.reach(settings);
    Store store = store(settings, opened);
    AvroCodec codec = settings.registry().codec();
    var client = settings.kafka(settings.get(Key.USER), settings.line(Key.PASSWORD_FILE));
    KafkaPen pen = new KafkaPen(client, codec);
    opened.push(pen);
    String environment = settings.get(Key.ENVIRONMENT);
    ProviderSettings provider = provider(settings);
    KeyDirectory keys = keys(settings, environment, provider);
    BankDirectory directory = banks(settings);
    List<Contact> contacts = contacts(settings);
    Console console =
        new Console(
            new Parts(
                store,
                topics -> new KafkaTopicFeed(client, topics),
                new RegistryDecoder(codec),
                pen,
                environment.equals("DEMO") ? Signers.demo() : Signers.none(),
                keys,
                new Tokens(
                    ConsoleSettings.secret(Path.of(settings.get(Key.TOKEN_KEY_FILE)))
                        .getBytes(StandardCharsets.UTF_8)),
                directory,
                withTopics(settings),
                environment,
                Boolean.parseBoolean(settings.get(Key.SECURE)),
                settings.get(Key.AUTHORITY),
                contacts,
                vault(settings, opened),
                WallClock.machine(),
                new RuleTools(
                    path(settings, Key.RULES_FOLDER),
                    path(settings, Key.RULES_LAUNCHER),
                    path(settings, Key.RULES_STATE)),
                provider,
                Duration.ofHours(settings.number(Key.PAPERWORK_HOURS)),
                duty(settings, environment, directory).watching(contacts),
                Duration.ofDays(settings.number(Key.SCANS_KEEP))),
            door(settings, Key.PORT));
    opened.push(console);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(opened), "console-end"));
    gateway(settings, console, store, codec, opened);
    platform(settings, store, codec, console.centre(null), keys, opened);
    String address = address(settings, console.port());
    System.out.println("desk at " + address);
    announce(settings.get(Key.ADDRESS_FILE), address);
  }

  /** Where desk and gateway listen: both by TLS once there is a keystore. */
  private static Door door(ConsoleSettings settings, Key port) {
    return new Door(
        settings.get(Key.HOST),
        settings.number(port),
        path(settings, Key.TLS_KEYSTORE),
        settings.line(Key.TLS_PASSWORD_FILE),
        Proxies.of(settings.list(Key.PROXIES), Boolean.parseBoolean(settings.get(Key.SECURE))));
  }

  private static String address(ConsoleSettings settings, int port) {
    return door(settings, Key.PORT).scheme() + "://" + settings.get(Key.HOST) + ":" + port;
  }

  /** Banks that have topics of their own. */
  private static List<String> withTopics(ConsoleSettings settings) {
    return Stream.concat(
            settings.list(Key.BANKS).stream(), settings.list(Key.PLATFORM_BANKS).stream())
        .distinct()
        .toList();
  }

  /**
   * Banks of the institutions' file; of a file of banks alone where there is one, which must not
   * say otherwise; else the demo's.
   */
  static BankDirectory banks(ConsoleSettings settings) {
    String institutions = settings.get(Key.INSTITUTIONS);
    String banks = settings.get(Key.BANK_DIRECTORY);
    if (banks.isEmpty()) {
      return institutions.isEmpty()
          ? BankDirectory.demo()
          : BankDirectory.ofInstitutions(Path.of(institutions));
    }
    BankDirectory given = BankDirectory.read(Path.of(banks));
    return institutions.isEmpty()
        ? given
        : given.agreeingWith(BankDirectory.ofInstitutions(Path.of(institutions)));
  }

  /** Outside DEMO a directory that is not given covers no bank: each is an alarm. */
  static DutyWatch duty(ConsoleSettings settings, String environment, BankDirectory banks) {
    String file = settings.get(Key.INSTITUTIONS);
    if (!file.isEmpty()) {
      return DutyWatch.of(Path.of(file), banks);
    }
    return environment.equals("DEMO") ? DutyWatch.demo(banks) : DutyWatch.none(banks);
  }

  /** The identity provider of the settings; null for local people. */
  static ProviderSettings provider(ConsoleSettings settings) {
    if (settings.get(Key.OIDC_ISSUER).isEmpty()) {
      return null;
    }
    return new ProviderSettings(
        settings.get(Key.OIDC_ISSUER),
        settings.get(Key.OIDC_CLIENT),
        settings.line(Key.OIDC_SECRET_FILE),
        URI.create(settings.get(Key.OIDC_BACK)),
        settings.get(Key.OIDC_PERSON),
        settings.get(Key.OIDC_NAME),
        settings.get(Key.OIDC_ROLE),
        ProviderSettings.roles(settings.list(Key.OIDC_ROLES)),
        settings.get(Key.OIDC_BANK),
        settings.get(Key.OIDC_STATION),
        settings.list(Key.OIDC_ALGORITHMS),
        settings.number(Key.OIDC_SKEW));
  }

  /**
   * Public keys of the settings.
   *
   * @throws IllegalArgumentException outside of DEMO without a provider, https or keys of its own
   */
  static KeyDirectory keys(
      ConsoleSettings settings, String environment, ProviderSettings provider) {
    String file = settings.get(Key.KEY_DIRECTORY);
    if (environment.equals("DEMO")) {
      return file.isEmpty() ? DemoKeys.directory() : KeyDirectoryFile.read(Path.of(file));
    }
    if (!environment.equals("DRILL") && !environment.equals("PRODUCTION")) {
      throw new IllegalArgumentException(
          "environment is " + environment + "; it must be DEMO, DRILL or PRODUCTION");
    }
    if (provider == null || !Boolean.parseBoolean(settings.get(Key.SECURE)) || file.isEmpty()) {
      throw new IllegalArgumentException(
          "environment is "
              + environment
              + "; it needs oidc.issuer (local people exist in DEMO alone), desk.secure=true and"
              + " key.directory (ADR-0133)");
    }
    return KeyDirectoryFile.read(Path.of(file));
  }

  private static Path path(ConsoleSettings settings, Key key) {
    return settings.get(key).isEmpty() ? null : Path.of(settings.get(key));
  }

  /** Those of a file, or the demo's invented ones. */
  private static List<Contact> contacts(ConsoleSettings settings) throws IOException {
    String file = settings.get(Key.DISPATCH_DIRECTORY);
    if (!file.isEmpty()) {
      return Directories.contacts(file, Files.readString(Path.of(file)));
    }
    return demoContacts();
  }

  /** The demo's invented contacts. */
  static List<Contact> demoContacts() {
    try (InputStream in = Console.class.getResourceAsStream(DEMO_CONTACTS)) {
      return Directories.contacts(
          DEMO_CONTACTS, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Vault vault(ConsoleSettings settings, Deque<AutoCloseable> opened)
      throws IOException {
    if (settings.get(Key.VAULT_FOLDER).isEmpty()) {
      return null;
    }
    if (settings.get(Key.VAULT_KEY_FILE).isEmpty()) {
      throw new IllegalArgumentException(
          "vault.folder is "
              + settings.get(Key.VAULT_FOLDER)
              + " and vault.key.file is empty; a vault opens with its key: give both or neither");
    }
    Path folder = Files.createDirectories(Path.of(settings.get(Key.VAULT_FOLDER)));
    byte[] key =
        HexFormat.of().parseHex(ConsoleSettings.secret(Path.of(settings.get(Key.VAULT_KEY_FILE))));
    Vault vault = new Vault(folder, key, new SecureRandom());
    opened.push(vault);
    return vault;
  }

  /** Banks that have a secret in the folder take part by HTTP. */
  private static void gateway(
      ConsoleSettings settings,
      Console console,
      Store store,
      AvroCodec codec,
      Deque<AutoCloseable> opened)
      throws IOException {
    if (settings.number(Key.GATEWAY_PORT) < 0) {
      return;
    }
    Path folder = Path.of(settings.get(Key.GATEWAY_SECRETS));
    List<BankAccess> access = new ArrayList<>();
    for (String bank : settings.list(Key.BANKS)) {
      Path secret = folder.resolve("bank-" + bank + ".secret");
      if (Files.exists(secret)) {
        var client =
            settings.kafka(
                TopicTable.bankPrincipal(bank),
                ConsoleSettings.secret(folder.resolve("bank-" + bank + ".password")));
        KafkaPen pen = new KafkaPen(client, codec);
        opened.push(pen);
        List<String> topics =
            List.of(
                "bank." + bank + ".decisions",
                "bank." + bank + ".holds",
                "bank." + bank + ".orders");
        access.add(
            new BankAccess(
                bank,
                ConsoleSettings.secret(secret),
                () -> new KafkaTopicFeed(client, topics),
                pen));
      }
    }
    KafkaPen ingress = null;
    Path password = folder.resolve("ingress.password");
    if (Files.exists(password)) {
      ingress = new KafkaPen(settings.kafka("ingress", ConsoleSettings.secret(password)), codec);
      opened.push(ingress);
    }
    GatewayServer server =
        new GatewayServer(
            store,
            new RegistryDecoder(codec),
            access,
            console.centre(ingress),
            WallClock.machine(),
            new GatewayLimits(
                settings.number(Key.GATEWAY_QUOTA),
                settings.number(Key.GATEWAY_OPEN),
                new Keep(
                    Duration.ofHours(settings.number(Key.GATEWAY_KEEP_DECISIONS)),
                    Duration.ofDays(settings.number(Key.GATEWAY_KEEP_MESSAGES))),
                settings.get(Key.ENVIRONMENT).equals("DEMO")),
            door(settings, Key.GATEWAY_PORT));
    opened.push(server);
    String address = address(settings, server.port());
    System.out.println("bank gateway at " + address);
    announce(settings.get(Key.GATEWAY_ADDRESS_FILE), address);
  }

  /**
   * Carries orders and requests to the banks behind the platform and reads their reports, where its
   * address is given.
   */
  private static void platform(
      ConsoleSettings settings,
      Store store,
      AvroCodec codec,
      Centre centre,
      KeyDirectory keys,
      Deque<AutoCloseable> opened) {
    if (settings.get(Key.PLATFORM_URL).isEmpty()) {
      return;
    }
    Path folder = Path.of(settings.get(Key.GATEWAY_SECRETS));
    List<PlatformAccess> access = new ArrayList<>();
    for (String bank : settings.list(Key.PLATFORM_BANKS)) {
      var client =
          settings.kafka(
              TopicTable.bankPrincipal(bank),
              ConsoleSettings.secret(folder.resolve("bank-" + bank + ".password")));
      KafkaPen pen = new KafkaPen(client, codec);
      opened.push(pen);
      access.add(
          new PlatformAccess(
              bank, () -> new KafkaTopicFeed(client, List.of("bank." + bank + ".orders")), pen));
    }
    PlatformLine line = new HttpPlatformLine(URI.create(settings.get(Key.PLATFORM_URL)));
    opened.push(
        new PlatformReports(
            store,
            Set.copyOf(settings.list(Key.PLATFORM_BANKS)),
            line,
            centre,
            WallClock.machine()));
    opened.push(
        new PlatformAdapter(
            store,
            new RegistryDecoder(codec),
            access,
            line,
            centre.pen(),
            keys,
            Environment.valueOf(settings.get(Key.ENVIRONMENT)),
            settings.get(Key.AUTHORITY),
            WallClock.machine()));
  }

  private static void announce(String file, String address) throws IOException {
    if (!file.isEmpty()) {
      Files.writeString(Path.of(file), address + "\n");
    }
  }

  private static Store store(ConsoleSettings settings, Deque<AutoCloseable> opened) {
    Store store;
    if (settings.get(Key.STORE_URL).isEmpty()) {
      LocalPostgres local = LocalPostgres.start(Path.of(settings.get(Key.STORE_FOLDER)));
      opened.push(local);
      store = local.open();
    } else {
      store = opened(settings);
    }
    opened.push(store);
    return store;
  }

  private static Store opened(ConsoleSettings settings) {
    String url = settings.get(Key.STORE_URL);
    String user = settings.get(Key.STORE_USER);
    try {
      return Store.open(url, user, settings.line(Key.STORE_PASSWORD_FILE));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "setting store.url is '"
              + url.replaceAll("\\?.*", "?…")
              + "' and store.user is '"
              + user
              + "'; it must be a PostgreSQL that answers and whose user may create schemas: start"
              + " it, or mend store.url, store.user and store.password.file ("
              + root(e)
              + ")",
          e);
    }
  }

  /** What lies at the bottom of a failure, in one line. */
  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }

  private static void close(Deque<AutoCloseable> opened) {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        System.err.println("console: " + e);
      }
    }
  }

  /** The desk's port. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    close(opened);
  }

  /**
   * What a console stands on.
   *
   * @param store PostgreSQL
   * @param feeds opens topics
   * @param decoder reads their records
   * @param pen writes acts and reports
   * @param signers persons' keys
   * @param keys public keys: the banks' for ciphertexts
   * @param tokens the centre's token key
   * @param directory banks
   * @param banks codes of banks with channel DIRECT, and of those whose orders the platform's
   *     adapter carries
   * @param environment DEMO, DRILL or PRODUCTION
   * @param secure behind https
   * @param authority the police body whose desk this is
   * @param contacts who may be sent to likely victims
   * @param vault the way back from tokens; null when there is none
   * @param clock a person's patience
   * @param ruleTools what rules are worked on with
   * @param provider where people come from; null for local people, in DEMO alone
   * @param paperworkWithin from a bank's own stop to the order that follows it; our own service
   *     level
   * @param duty watches that banks' duty desks answer
   * @param scansKept how long the bytes of scans stay
   */
  public record Parts(
      Store store,
      Function<Collection<String>, TopicFeed> feeds,
      Decoder decoder,
      TopicPen pen,
      Signers signers,
      KeyDirectory keys,
      Tokens tokens,
      BankDirectory directory,
      List<String> banks,
      String environment,
      boolean secure,
      String authority,
      List<Contact> contacts,
      Vault vault,
      WallClock clock,
      RuleTools ruleTools,
      ProviderSettings provider,
      Duration paperworkWithin,
      DutyWatch duty,
      Duration scansKept) {}
}
