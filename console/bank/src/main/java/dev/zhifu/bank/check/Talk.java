package dev.zhifu.bank.check;

import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.bank.StopRelease;
import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.schemas.crypto.AuthorisationSubject;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.KeySigner;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.crypto.Signer;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/** What a case says to the bank and hears from it; makes orders and holds with the DEMO keys. */
final class Talk {
  private static final Tokens TOKENS =
      new Tokens("token key of the conformance run".getBytes(StandardCharsets.UTF_8));
  private static final KeySigner OFFICER = DemoKeys.person(DemoKeys.FIRST_OFFICER);

  final Link link;
  final String bank;
  private final String run;
  private final Clock clock;
  private final Duration patience;
  private final AccountSealer sealer =
      new AccountSealer(DemoKeys.directory(), new SecureRandom(), 1_000);
  private int heard;

  Talk(Link link, String bank, String run, Clock clock, Duration patience) {
    this.link = link;
    this.bank = bank;
    this.run = run;
    this.clock = clock;
    this.patience = patience;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** An order that fits the books, without an officer's signature yet. */
  StopPaymentOrder draft(String name, Books.Entry entry) {
    String id = Sha256.hex(run + " " + name);
    String token = TOKENS.account(bank, entry.number());
    Instant now = now();
    return StopPaymentOrder.newBuilder()
        .setOrderId(id)
        .setApplicationId(EventIds.applicationId(id))
        .setApplicationType("00")
        .setBank(bank)
        .setAccountToken(token)
        .setCipher(sealer.seal(bank, token, new ClearAccount(entry.name(), entry.number())))
        .setAccountType(entry.accountType())
        .setTransferAmountFen(entry.creditFen())
        .setTransferTime(Instant.parse(entry.bookedAt()))
        .setBankTransactionId(entry.transactionId())
        .setReasonCode(ReasonCode.VICTIM_REPORT)
        .setEmergencyLevel("02")
        .setApplicationTime(now.minusSeconds(30))
        .setNotAfter(now.plusSeconds(600))
        .setAuthorisation(
            new dev.zhifu.wire.OfficerAuthorisation("", "", "", ByteBuffer.allocate(0)))
        .build();
  }

  /** Makes it late paperwork for a stop that the bank has reported as its own. */
  static void latePaperwork(StopPaymentOrder order) {
    order.setApplicationType("04");
    order.setOriginalApplicationId(
        EventIds.applicationId(Sha256.hex("100401 " + order.getOrderId())));
  }

  /** Names another holder or number in the ciphertext. */
  void naming(StopPaymentOrder order, String name, String number) {
    // A sealer keeps the first ciphertext of a token; another content needs one that has none.
    order.setCipher(
        new AccountSealer(DemoKeys.directory(), new SecureRandom(), 1)
            .seal(bank, order.getAccountToken(), new ClearAccount(name, number)));
  }

  /** Encrypts to another bank. */
  void sealedTo(StopPaymentOrder order, String other, Books.Entry entry) {
    order.setCipher(
        sealer.seal(
            other, order.getAccountToken(), new ClearAccount(entry.name(), entry.number())));
  }

  /** The officer signs the order as it is now. */
  StopPaymentOrder authorised(StopPaymentOrder order) {
    OfficerAct act =
        OfficerAct.newBuilder()
            .setActId("act of " + order.getOrderId())
            .setKind(ActKind.SIGN_ORDER)
            .setOfficerId(DemoKeys.FIRST_OFFICER)
            .setRole("DUTY_OFFICER")
            .setAt(now())
            .setObjectId(order.getOrderId())
            .setReason("conformance run")
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    order.setAuthorisation(
        Signatures.authorisationOf(
            Signatures.signOrder(act, AuthorisationSubject.of(order), OFFICER)));
    return order;
  }

  /** The engine seals it. */
  OrderEnvelope sealed(StopPaymentOrder order) {
    return DemoKeys.engine().seal(order);
  }

  /** Somebody else seals it. */
  OrderEnvelope sealedBy(Signer signer, StopPaymentOrder order) {
    return Envelopes.seal(order, signer);
  }

  /** A good order on {@code entry}, sealed. */
  OrderEnvelope good(String name, Books.Entry entry) {
    return sealed(authorised(draft(name, entry)));
  }

  RiskHold hold(String name, int sequence, HoldAction action, Books.Entry entry) {
    String token = TOKENS.account(bank, entry.number());
    Instant now = now();
    return RiskHold.newBuilder()
        .setHoldId(Sha256.hex(run + " " + name))
        .setSequence(sequence)
        .setAction(action)
        .setBank(bank)
        .setAccount(
            AccountRef.newBuilder()
                .setAccountToken(token)
                .setCipher(sealer.seal(bank, token, new ClearAccount(entry.name(), entry.number())))
                .setBank(bank)
                .setKind(AccountKind.PERSONAL)
                .build())
        .setBankTransactionId(entry.transactionId())
        .setAmountFen(100_000)
        .setReasonCode(ReasonCode.PASS_THROUGH)
        .setOccurredAt(now.minusSeconds(5))
        .setEndsAt(now.plusSeconds(3_600))
        .setNoticeId("notice " + name)
        .build();
  }

  /** Sends an order; the receipt of its very payload. */
  StopPaymentReceipt ask(OrderEnvelope order) {
    link.send(order);
    return receiptOf(order);
  }

  /** The next receipt of this payload. */
  StopPaymentReceipt receiptOf(OrderEnvelope order) {
    String hash = Envelopes.payloadSha256(order);
    return (StopPaymentReceipt)
        next(
                one ->
                    one.getBody() instanceof StopPaymentReceipt receipt
                        && receipt.getPayloadSha256().equals(hash),
                "a receipt of payload " + hash.substring(0, 8))
            .getBody();
  }

  /** Sends a hold; its next outcome. */
  RiskHoldOutcome ask(RiskHold hold) {
    link.send(hold);
    return (RiskHoldOutcome)
        next(
                one ->
                    one.getBody() instanceof RiskHoldOutcome outcome
                        && outcome.getHoldId().equals(hold.getHoldId()),
                "an outcome of hold " + hold.getHoldId().substring(0, 8))
            .getBody();
  }

  /** A release of this order by an officer, signed with {@code signer}. */
  StopRelease release(OrderEnvelope order, ActKind kind, Signer signer) {
    StopPaymentOrder about = Envelopes.open(order);
    OfficerAct act =
        OfficerAct.newBuilder()
            .setActId("release of " + about.getOrderId() + " by " + signer.keyId())
            .setKind(kind)
            .setOfficerId(DemoKeys.FIRST_OFFICER)
            .setRole("DUTY_OFFICER")
            .setSecondOfficerId("officer-4")
            .setAt(now())
            .setObjectId(about.getOrderId())
            .setAccountToken(about.getAccountToken())
            .setReason("BONA_FIDE")
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    return new StopRelease(
        about.getOrderId(), about.getApplicationId(), Signatures.sign(act, signer));
  }

  /** Sends a release; its next answer. */
  ReleaseAnswer ask(StopRelease release) {
    int before = link.released(-1, Duration.ZERO).size();
    link.send(release);
    List<ReleaseAnswer> all = link.released(before, patience);
    if (all.size() <= before) {
      throw new SilenceException(
          "an answer to the release of "
              + release.orderId().substring(0, 8)
              + " did not come within "
              + patience.toMillis()
              + " ms");
    }
    return all.get(before);
  }

  /** The next answer that fits; what comes before it is passed over. */
  BankInbound next(Predicate<BankInbound> fits, String what) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      List<BankInbound> all =
          link.answers(heard, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      while (heard < all.size()) {
        BankInbound one = all.get(heard++);
        if (fits.test(one)) {
          return one;
        }
      }
      if (System.nanoTime() >= end) {
        throw new SilenceException(what + " did not come within " + patience.toMillis() + " ms");
      }
    }
  }

  /** Every answer so far. */
  List<BankInbound> all() {
    return link.answers(0, Duration.ZERO);
  }

  /** The bank did not answer in time. */
  static final class SilenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SilenceException(String sentence) {
      super(sentence);
    }
  }
}
