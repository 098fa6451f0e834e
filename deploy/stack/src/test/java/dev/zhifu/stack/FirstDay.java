package dev.zhifu.stack;

import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.broker.TopicWriter;
import dev.zhifu.stack.e2e.Zhifu;
import dev.zhifu.stack.lives.People;
import dev.zhifu.stack.lives.RuleDesk;
import dev.zhifu.stack.lives.RuleText;
import dev.zhifu.stack.lives.Standing;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two hundred days of history as {@code zhifu bootstrap} reads it, and the first day of the stream
 * behind it: four accounts each receive a large sum and pass it on. Which of them are dormant, and
 * whose payee is new, depends on history alone.
 */
final class FirstDay implements AutoCloseable {
  static final String SLEEPER = "first-day-sleeper";
  static final String SLEEPER_SEEN_BEFORE_THE_CUT = "first-day-sleeper-2";
  static final String BUSY = "first-day-busy";
  static final String NEW_PAYEE = "V98";
  private static final String PAYS_A_FRIEND = "first-day-friend";

  /** What comes last can be seen on a topic, and so can that all before it was decided on. */
  private static final List<String> ALL =
      List.of(PAYS_A_FRIEND, BUSY, SLEEPER, SLEEPER_SEEN_BEFORE_THE_CUT);

  private static final String NEVER_PAID_BEFORE =
      """
      id: V98
      version: 1
      status: live
      name: {zh: 从未付过款的账户, en: Never paid before}
      plain: {zh: 五万元以上转给从未付过款的账户。, en: 50 000 yuan or more to an account never paid before.}
      family: V
      key: account
      subject: account
      strength: scoreOnly
      basis:
        - {source: engineering default}
      parameters:
        least: {default: 50000, unit: yuan, grade: default}
      over: [transfer.out]
      pattern:
        - step: payment
          on: transfer.out
          where: event.amountFen >= params.least && features.payeeFirstSeen && !features.ownTransfer
      afterMatch: noSkip
      reason: VICTIM_AT_RISK
      signals:
        payment: {signal: bank.transactions TRANSFER, source: "payer's bank; anti-telecom-fraud law art. 18(1)"}
      """;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** Ahead of what other tests put on the shared topics. */
  private static final Instant CUT = Instant.parse("2027-03-01T16:00:00Z");

  private final LocalStack stack;
  private final TopicWriter city;
  private final TopicReader reader;
  private final Set<String> sent = new TreeSet<>();

  FirstDay(LocalStack stack) {
    this.stack = stack;
    this.city = new TopicWriter(stack.access("city"), stack.info().registry());
    this.reader = new TopicReader(stack.access("rules-cli"), stack.info().registry());
  }

  /** Writes the history's savepoint by the command; answers its folder. */
  String bootstrap() throws IOException {
    Path file = stack.dir().folder("history").resolve("bank.csv");
    List<String> lines =
        new ArrayList<>(
            List.of(
                "txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type"));
    for (String account : ALL) {
      lines.add(row("salary-" + account, 210, "first-day-employer", account));
    }
    lines.add(row("friend", 170, PAYS_A_FRIEND, payee(PAYS_A_FRIEND)));
    lines.add(row("busy", 1, "first-day-employer", BUSY));
    Files.write(file, lines);
    Path savepoint = stack.dir().root().resolve("history/savepoint");
    Zhifu.Done done =
        new Zhifu(stack.dir().folder("commands"), SharedStack.STATE)
            .bare(
                "bootstrap",
                "--bank",
                file.toString(),
                "--to",
                savepoint.toString(),
                "--until",
                CUT.toString());
    if (done.code() != 0) {
      throw new AssertionError(done.said());
    }
    return savepoint.toUri().toString();
  }

  private static String row(String id, int daysBefore, String payer, String payee) {
    return String.join(
        ",",
        id,
        CUT.minus(Duration.ofDays(daysBefore)).toString(),
        payer,
        "B01",
        payee,
        "B02",
        "900.00",
        "CNY",
        "ONLINE",
        "TRANSFER");
  }

  private static String payee(String account) {
    return account + "-payee";
  }

  /** Puts M05 of the catalogue and a rule about new payees in force from the first hour on. */
  void publish() {
    try (TopicWriter clock = new TopicWriter(stack.access("clock"), stack.info().registry());
        RuleDesk desk = new RuleDesk(stack.access("rules-cli"), stack.info().registry())) {
      clock.write("clock.ticks", "clock", new ClockTick(CUT, CUT.getEpochSecond(), "test", false));
      publish(desk, RuleText.read(stack.layout().catalogue().resolve("M05")));
      publish(desk, RuleText.of(NEW_PAYEE, NEVER_PAID_BEFORE).checked());
    }
  }

  private static void publish(RuleDesk desk, RuleText text) {
    People people = new People(DemoKeys.AUTHOR, DemoKeys.APPROVER, "first day");
    Standing standing =
        desk.await(
            desk.write(RuleDesk.signed(text, PublicationStatus.LIVE, CUT.plusSeconds(60), people)),
            LIMIT);
    if (!standing.isEverywhere()) {
      throw new AssertionError(text.ruleId() + " is not in force: " + standing.answers());
    }
  }

  /**
   * The first day; one account moves money right before the cut too, which history has said. The
   * payments on are sent when the payments in can be seen: what an account has received reaches the
   * payer's step on another way than its next payment, so a payment on that is sent in the same
   * millisecond may be looked at first. Nobody passes money on within a millisecond.
   */
  void live() {
    send("before-the-cut", CUT.minusSeconds(60), "first-day-employer", SLEEPER_SEEN_BEFORE_THE_CUT);
    sent.clear();
    Instant at = CUT.plus(Duration.ofHours(1));
    for (String account : ALL) {
      send("in-" + account, at, account + "-stranger", account);
      at = at.plusSeconds(60);
    }
    await();
    sent.clear();
    for (String account : ALL) {
      send("out-" + account, at, account, payee(account));
      at = at.plusSeconds(60);
    }
  }

  private void send(String id, Instant at, String payer, String payee) {
    BankTransaction transaction =
        BankTransaction.newBuilder()
            .setEventId("B01:" + id + ":COMPLETED")
            .setSource("B01")
            .setTransactionId(id)
            .setKind(TransactionKind.TRANSFER)
            .setPhase(TransactionPhase.COMPLETED)
            .setOccurredAt(at)
            .setReceivedAt(at)
            .setAmountFen(6_000_000)
            .setCurrency("CNY")
            .setPayer(account(payer, "B01"))
            .setPayee(account(payee, "B02"))
            .setChannel(Channel.MOBILE_APP)
            .build();
    // One partition for all keeps their order.
    city.write("bank.transactions", "first-day", transaction);
    sent.add(transaction.getEventId());
  }

  private static AccountRef account(String token, String bank) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setBank(bank)
        .setKind(AccountKind.PERSONAL)
        .build();
  }

  /**
   * Waits until a checkpoint has made the last events visible on {@code risk.enriched}: by then
   * matching has seen all of them, and its hits are on their topic.
   */
  void await() {
    long end = System.nanoTime() + LIMIT.toNanos();
    Set<String> missing = new TreeSet<>(sent);
    missing.removeIf(id -> id.contains(PAYS_A_FRIEND) || id.contains("in-" + BUSY));
    while (!missing.isEmpty()) {
      reader.scan(
          List.of("risk.enriched"),
          record -> missing.remove(reader.decode(record, EnrichedEvent.class).getEventId()));
      stack.supervisor().requireAllAlive();
      if (System.nanoTime() > end) {
        throw new AssertionError("not on risk.enriched within " + LIMIT + ": " + missing);
      }
    }
  }

  /** Accounts of the day that a rule has alerted. */
  Set<String> alerted(String rule) {
    Set<String> alerted = new TreeSet<>();
    reader.scan(
        List.of("risk.hits"),
        record -> {
          RuleHit hit = reader.decode(record, RuleHit.class);
          if (hit.getHolds() && hit.getRuleId().equals(rule) && ALL.contains(hit.getKey())) {
            alerted.add(hit.getKey());
          }
        });
    return alerted;
  }

  @Override
  public void close() {
    city.close();
    reader.close();
  }
}
