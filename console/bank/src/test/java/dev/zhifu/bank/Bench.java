package dev.zhifu.bank;

import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.schemas.crypto.AuthorisationSubject;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.EngineSigner;
import dev.zhifu.schemas.crypto.KeySigner;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.TransferDecision;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A bank on the bench: its systems, its topics in memory, a clock, and an engine that signs. */
final class Bench implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  static final String BANK = "B01";
  static final String NUMBER = "6222000011112222";
  static final String TRANSFER = "B01-20260302-0007";
  static final long AMOUNT_FEN = 4_980_000;
  static final ClearAccount CLEAR = new ClearAccount("王小明", NUMBER);

  static final Tokens TOKENS = new Tokens("token key of the bench".getBytes());
  static final AccountSealer SEALER =
      new AccountSealer(DemoKeys.directory(), new SecureRandom(), 100);
  static final EngineSigner ENGINE = DemoKeys.engine();
  static final KeySigner OFFICER = DemoKeys.person("officer-1");
  static final KeySigner HEAD = DemoKeys.person(DemoKeys.AUTHORISER);

  final InMemoryBankCore core = new InMemoryBankCore(this::clock);
  final QueueBankTransport transport = new QueueBankTransport();
  final List<String> heard = new ArrayList<>();

  private final Path folder;
  private final Environment environment;
  private BankLibrary library;
  private Instant now = NOW;

  Bench(Path folder) {
    this(folder, Environment.DEMO);
  }

  Bench(Path folder, Environment environment) {
    this.folder = folder;
    this.environment = environment;
    core.open(new BankAccount(NUMBER, "王 小明", "01", 100_000, false));
    core.credit(new BankTransfer(TRANSFER, NUMBER, AMOUNT_FEN, NOW.minusSeconds(600)));
    library = newLibrary(core);
  }

  BankLibrary library() {
    return library;
  }

  Instant clock() {
    return now;
  }

  void later(Duration time) {
    now = now.plus(time);
  }

  Path ledger() {
    return folder.resolve("ledger.jsonl");
  }

  Path agreed() {
    return folder.resolve("agreed");
  }

  /** Ends the process and starts it again; what it did not acknowledge comes again. */
  void restart() {
    restart(core);
  }

  void restart(BankCore systems) {
    library.close();
    transport.restart();
    library = newLibrary(systems);
  }

  StopPaymentReceipt answerTo(StopPaymentOrder order) {
    transport.offer(new BankMessage.Order(ENGINE.seal(order)));
    return lastReceipt();
  }

  StopPaymentReceipt lastReceipt() {
    return (StopPaymentReceipt) last().getBody();
  }

  RiskHoldOutcome answerTo(RiskHold hold) {
    transport.offer(new BankMessage.Hold(hold));
    return (RiskHoldOutcome) last().getBody();
  }

  private BankInbound last() {
    library.step(Duration.ZERO);
    List<BankInbound> answers = transport.answers();
    return answers.get(answers.size() - 1);
  }

  private BankLibrary newLibrary(BankCore systems) {
    BankSettings settings =
        new BankSettings(
            BANK, environment, DemoKeys.directory(), List.of(DemoKeys.bank(BANK)), 0, ledger());
    return new BankLibrary(
        settings,
        systems,
        (decision, late) -> heard.add(decision.getEventId() + (late ? " late" : "")),
        new AuthorisationFolder(agreed(), new Signatures(DemoKeys.directory(), environment)),
        transport);
  }

  @Override
  public void close() {
    library.close();
  }

  static StopPaymentOrder order(String name) {
    StopPaymentOrder order = unauthorised(name);
    return byOfficer(order);
  }

  static StopPaymentOrder unauthorised(String name) {
    String token = TOKENS.account(BANK, NUMBER);
    StopPaymentOrder order = new StopPaymentOrder();
    order.setOrderId(Sha256.hex(name));
    order.setApplicationId("abababab-abab-abab-abab-abababababab");
    order.setApplicationType("00");
    order.setBank(BANK);
    order.setAccountToken(token);
    order.setCipher(SEALER.seal(BANK, token, CLEAR));
    order.setAccountType("01");
    order.setCurrency("CNY");
    order.setTransferAmountFen(AMOUNT_FEN);
    order.setTransferTime(NOW.minusSeconds(600));
    order.setBankTransactionId(TRANSFER);
    order.setReasonCode(ReasonCode.VICTIM_REPORT);
    order.setEmergencyLevel("02");
    order.setTermHours(48);
    order.setApplicationTime(NOW.minusSeconds(30));
    order.setNotAfter(NOW.plusSeconds(600));
    return order;
  }

  /** {@code order} with a fresh signature of an officer over its present fields. */
  static StopPaymentOrder byOfficer(StopPaymentOrder order) {
    OfficerAct act = new OfficerAct();
    act.setActId("act of " + order.getOrderId());
    act.setKind(ActKind.SIGN_ORDER);
    act.setOfficerId("officer-1");
    act.setRole("DUTY_OFFICER");
    act.setAt(NOW);
    act.setObjectId(order.getOrderId());
    act.setReason("report accepted");
    act.setDocuments(List.of());
    order.setAuthorisation(
        Signatures.authorisationOf(
            Signatures.signOrder(act, AuthorisationSubject.of(order), OFFICER)));
    return order;
  }

  static StandingAuthorisation standing(int revision, boolean revoked) {
    StandingAuthorisation standing = new StandingAuthorisation();
    standing.setAuthorisationId("standing-1");
    standing.setRevision(revision);
    standing.setOfficerId(DemoKeys.AUTHORISER);
    standing.setRules(List.of("REPORT"));
    standing.setMinScore(0.85);
    standing.setMaxAmountFen(5_000_000);
    standing.setAccountKinds(List.of(AccountKind.PERSONAL));
    standing.setMaxOrdersPerHour(60);
    standing.setMaxOrdersPerBankDay(50);
    standing.setMaxOrdersPerDay(300);
    standing.setMaxFenPerDay(1_000_000_000);
    standing.setMaxFenPerHour(200_000_000);
    standing.setMaxFenPerBankDay(500_000_000);
    standing.setValidFrom(NOW.minusSeconds(86_400));
    standing.setValidTo(NOW.plusSeconds(86_400));
    standing.setLegalOpinion("opinion 2026-7");
    standing.setRevoked(revoked);
    standing.setRenewedAt(NOW);
    standing.setKeyId("");
    standing.setSignature(ByteBuffer.allocate(0));
    return Signatures.sign(standing, HEAD);
  }

  static RiskHold hold(String name, int sequence, HoldAction action) {
    String token = TOKENS.account(BANK, NUMBER);
    AccountRef account = new AccountRef();
    account.setAccountToken(token);
    account.setBank(BANK);
    account.setCipher(SEALER.seal(BANK, token, CLEAR));
    account.setKind(AccountKind.PERSONAL);
    return new RiskHold(
        Sha256.hex(name),
        sequence,
        action,
        BANK,
        account,
        TRANSFER,
        AMOUNT_FEN,
        ReasonCode.PASS_THROUGH,
        NOW,
        NOW.plus(Duration.ofHours(24)),
        "notice of " + name);
  }

  static TransferDecision decision(String eventId, Instant answerBy) {
    return new TransferDecision(
        eventId, "tx of " + eventId, BANK, DecisionKind.PASS, null, NOW, answerBy);
  }
}
