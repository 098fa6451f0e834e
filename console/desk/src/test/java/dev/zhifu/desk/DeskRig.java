package dev.zhifu.desk;

import dev.zhifu.desk.acts.Signers;
import dev.zhifu.desk.acts.TopicPen;
import dev.zhifu.desk.door.Door;
import dev.zhifu.desk.intake.Scans;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.projection.Topics;
import dev.zhifu.desk.rules.RuleTools;
import dev.zhifu.desk.signon.ProviderSettings;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.view.BankDirectory;
import dev.zhifu.desk.view.DutyWatch;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.ingress.Vault;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.WarningTier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * A console over topics in memory and a real PostgreSQL. The test itself speaks for the engine; the
 * engine's own word is heard by the integration tests of the local stack.
 */
public final class DeskRig implements AutoCloseable {
  public static final List<String> BANKS = List.of("B01", "B02", "B03");

  /** The police body whose desk it is. */
  public static final String AUTHORITY = "测试市反诈中心";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MemoryTopics topics = new MemoryTopics();
  private final AtomicReference<Instant> wall = new AtomicReference<>();
  private final Store store;
  private final Console console;
  private final Vault vault;
  private final String scheme;
  private long ticks;
  private volatile boolean brokerGone;

  /** With the machine's clock. */
  public DeskRig(String database) {
    this(database, RuleTools.none());
  }

  /** With a place to work on rules. */
  public DeskRig(String database, RuleTools tools) {
    this(database, tools, null);
  }

  /** With people of an identity provider. */
  public DeskRig(String database, ProviderSettings provider) {
    this(database, RuleTools.none(), provider);
  }

  /** With duty desks of a directory. */
  public DeskRig(String database, DutyWatch duty) {
    this(database, TestStore.peopled(database), RuleTools.none(), null, duty);
  }

  /** Over a store that no console has opened before. */
  public static DeskRig first(String database) {
    return new DeskRig(database, TestStore.fresh(database), RuleTools.none(), null, demoDuty());
  }

  /** Behind a door that speaks TLS. */
  public static DeskRig behind(Door door, String database) {
    return new DeskRig(
        database, TestStore.peopled(database), RuleTools.none(), null, demoDuty(), door);
  }

  private static DutyWatch demoDuty() {
    return DutyWatch.demo(BankDirectory.demo());
  }

  private DeskRig(String database, RuleTools tools, ProviderSettings provider) {
    // People of a provider are not there before they sign on.
    this(
        database,
        provider == null ? TestStore.peopled(database) : TestStore.fresh(database),
        tools,
        provider,
        demoDuty());
  }

  private DeskRig(
      String database, Store store, RuleTools tools, ProviderSettings provider, DutyWatch duty) {
    this(database, store, tools, provider, duty, Door.plain("127.0.0.1", 0));
  }

  private DeskRig(
      String database,
      Store store,
      RuleTools tools,
      ProviderSettings provider,
      DutyWatch duty,
      Door door) {
    this.scheme = door.scheme();
    this.store = store;
    this.vault = freshVault(database);
    TopicPen pen =
        (topic, key, value) -> {
          if (brokerGone) {
            throw new IllegalStateException("the broker is gone");
          }
          topics.write(topic, key, value);
        };
    this.console =
        new Console(
            new Console.Parts(
                store,
                topics::feed,
                topics,
                pen,
                Signers.demo(),
                DemoKeys.directory(),
                new Tokens(Cast.TOKEN_KEY),
                BankDirectory.demo(),
                BANKS,
                "DEMO",
                door.keystore() != null || door.proxies().secure(),
                AUTHORITY,
                Console.demoContacts(),
                vault,
                now(),
                tools,
                provider,
                LegalTerms.LATE_PAPERWORK,
                duty,
                Scans.KEPT),
            door);
    tick(Cast.T0);
  }

  private static Vault freshVault(String name) {
    try {
      Path folder = Files.createDirectories(Path.of("target/vaults"));
      return new Vault(Files.createTempDirectory(folder, name), new byte[16], new SecureRandom());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The vault of the rig's console. */
  public Vault vault() {
    return vault;
  }

  private WallClock now() {
    WallClock machine = WallClock.machine();
    return () -> wall.get() == null ? machine.get() : wall.get();
  }

  /** Sets the wall clock, which then stands. */
  public void wallClock(Instant at) {
    wall.set(at);
  }

  /** Takes the broker away or gives it back. */
  public void brokerGone(boolean gone) {
    brokerGone = gone;
  }

  /** What stands behind a gateway of this console; movements of money go to the topics too. */
  public dev.zhifu.desk.gateway.Centre centre() {
    return console.centre(topics::write);
  }

  public MemoryTopics topics() {
    return topics;
  }

  public Store store() {
    return store;
  }

  public String url() {
    return scheme + "://127.0.0.1:" + console.port();
  }

  /** The engine's clock goes on. */
  public void tick(Instant at) {
    topics.write("clock.ticks", "clock", new ClockTick(at, ++ticks, "test", false));
    eventually(
        () ->
            one("select coalesce(max(extract(epoch from at)), 0) from seen.clock", Double.class)
                >= at.getEpochSecond());
  }

  /** Waits until the projection shows it. */
  public void eventually(BooleanSupplier shown) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!shown.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not shown within " + PATIENCE.toSeconds() + " s");
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  public <T> T one(String sql, Class<T> type) {
    return store.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(type).one());
  }

  /** Everything read that was written. */
  public void caughtUp() {
    eventually(
        () ->
            one("select coalesce(sum(next_offset), 0) from seen.position", Long.class)
                >= topics.all().stream().filter(record -> isRead(record.topic())).count());
  }

  private static boolean isRead(String topic) {
    return Topics.decisive(BANKS).contains(topic) || Topics.events().contains(topic);
  }

  /** The newest act on the topic about an object. */
  public OfficerAct act(String objectId) {
    List<OfficerAct> found =
        topics.all("officer.acts").stream()
            .map(record -> dev.zhifu.desk.store.Bodies.read(record.value(), OfficerAct.class))
            .filter(act -> act.getObjectId().equals(objectId))
            .toList();
    return found.isEmpty() ? null : found.get(found.size() - 1);
  }

  /** One victim's story up to the request. */
  public Told tell(String name, long fen, String reportId) {
    return tell(name, fen, reportId, AccountKind.PERSONAL);
  }

  public Told tell(String name, long fen, String reportId, AccountKind kind) {
    Instant at = Cast.T0.minusSeconds(900);
    int digits = Math.floorMod(name.hashCode(), 1_000_000);
    AccountRef victim =
        Cast.account("B01", String.format("621701%013d", digits), name, fen + 2_300_000);
    AccountRef mule =
        AccountRef.newBuilder(
                Cast.account("B02", String.format("621702%013d", digits), name + "的收款人", 120_000))
            .setKind(kind)
            .build();
    TelecomEvent call = Cast.call("call-" + name, victim, at);
    BankTransaction paid =
        Cast.transfer("2026030300" + digits, victim, mule, fen, at.plusSeconds(420));
    Features features = new Features();
    features.setPayeeFirstSeen(true);
    features.setCallActive(true);
    features.setCallSeconds(420L);
    features.setCallerPrefix(PrefixClass.INTERNATIONAL);
    features.setShareOfBalance(0.93);
    features.setPayerResidueFen(2_300_000L);
    RuleHit hit = Cast.hit("V03", RuleFamily.V, 0.86, call, paid, features);
    FraudCase opened = Cast.fraudCase(hit, 1, reportId);
    StopPaymentRequest draft = Cast.request(opened, paid, reportId, OrderState.DRAFT, 1);
    topics.write("risk.enriched", call.getEventId(), Cast.enriched(call));
    topics.write("risk.enriched", paid.getEventId(), Cast.enriched(paid, features));
    topics.write("risk.hits", hit.getHitId(), hit);
    topics.write("risk.cases", opened.getCaseId(), opened);
    topics.write("victim.warnings", "w", Cast.warning(opened, WarningTier.HIGH));
    topics.write("stop.requests", draft.getOrderId(), draft);
    return new Told(victim, mule, paid, hit, opened, draft);
  }

  /** The mule passes some of it on. */
  public BankTransaction passOn(Told told, String name, long fen, int afterSeconds) {
    return passOn(told.paid, name, fen, afterSeconds);
  }

  /** Whoever was paid by {@code before} passes some of it on. */
  public BankTransaction passOn(BankTransaction before, String name, long fen, int afterSeconds) {
    int digits = Math.floorMod(name.hashCode(), 1_000_000);
    AccountRef next = Cast.account("B03", String.format("621703%013d", digits), name, 0);
    BankTransaction moved =
        Cast.transfer(
            "2026030301" + digits,
            before.getPayee(),
            next,
            fen,
            before.getOccurredAt().plusSeconds(afterSeconds));
    topics.write("risk.enriched", moved.getEventId(), Cast.enriched(moved, new Features()));
    return moved;
  }

  /** The newest publication of V03's version 3 with that status; null without one. */
  public RulePublication published(PublicationStatus status) {
    RulePublication found = null;
    for (var record : topics.all("rules.publications")) {
      RulePublication one = dev.zhifu.desk.store.Bodies.read(record.value(), RulePublication.class);
      found = one.getStatus() == status && one.getVersion() == 3 ? one : found;
    }
    return found;
  }

  /** Publishes a rule's text as the catalogue has it. */
  public void publish(String ruleId) {
    try {
      String text = Files.readString(Path.of("../../rules/catalogue", ruleId, "rule.yaml"));
      topics.write(
          "rules.publications",
          ruleId + ":2",
          RulePublication.newBuilder()
              .setRuleId(ruleId)
              .setVersion(2)
              .setStatus(PublicationStatus.LIVE)
              .setDocument(text)
              .setDocumentSha256("")
              .setEffectiveFrom(Cast.T0.minusSeconds(86_400))
              .setAuthor("author-1")
              .setApprover("approver-1")
              .setReason("test")
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    console.close();
    store.close();
    try {
      vault.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A story told. */
  public record Told(
      AccountRef victim,
      AccountRef mule,
      BankTransaction paid,
      RuleHit hit,
      FraudCase opened,
      StopPaymentRequest draft) {}
}
