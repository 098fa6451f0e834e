package dev.zhifu.bank;

import dev.zhifu.ingress.AccountOpener;
import dev.zhifu.schemas.crypto.OrderVerifier;
import dev.zhifu.schemas.crypto.StandingAuthorisations;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.TransferDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that a bank needs to take part: call {@link #step} again and again from one thread. A step
 * polls, acts, writes the ledger to disk, answers, and only then acknowledges; a crash anywhere in
 * between makes messages come again, and by id nothing is done twice.
 */
public final class BankLibrary implements AutoCloseable {
  private final String bank;
  private final BankCore core;
  private final DecisionListener listener;
  private final BankTransport transport;
  private final BankLedger ledger;
  private final OrderDesk orderDesk;
  private final HoldDesk holdDesk;
  private final ReleaseDesk releaseDesk;

  private long decisions;
  private long late;
  private long holds;
  private long orders;
  private long repeated;
  private long unreadable;

  /**
   * @param settings who the bank is and what it trusts
   * @param core the bank's own systems
   * @param listener hears decisions, once per event
   * @param standing the standing authorisations that the bank agreed to
   * @param transport how messages come and go; closed with this library
   */
  public BankLibrary(
      BankSettings settings,
      BankCore core,
      DecisionListener listener,
      StandingAuthorisations standing,
      BankTransport transport) {
    this.bank = settings.bank();
    this.core = core;
    this.listener = listener;
    this.transport = transport;
    this.ledger = new BankLedger(settings.ledger());
    AccountOpener opener = new AccountOpener(settings.encryptionKeys());
    OrderVerifier verifier =
        new OrderVerifier(
            settings.directory(), settings.environment(), settings.bank(), standing, ledger);
    this.orderDesk = new OrderDesk(settings, core, verifier, opener, ledger);
    this.holdDesk = new HoldDesk(settings, core, opener, ledger);
    this.releaseDesk = new ReleaseDesk(settings, core, ledger);
  }

  /**
   * Handles what has come.
   *
   * @param wait how long to wait for a first message
   * @return messages handled
   */
  public int step(Duration wait) {
    List<BankMessage> messages = transport.poll(wait);
    messages.forEach(this::handle);
    List<RiskHoldOutcome> ended = holdDesk.ended();
    ended.forEach(this::answer);
    if (!messages.isEmpty() || !ended.isEmpty()) {
      ledger.force();
      transport.acknowledge();
      holdDesk.settle(ended);
    }
    return messages.size();
  }

  /** What was handled since the start. */
  public BankCounts counts() {
    return new BankCounts(decisions, late, holds, orders, repeated, unreadable);
  }

  @Override
  public void close() {
    transport.close();
    ledger.close();
  }

  private void handle(BankMessage message) {
    if (message instanceof BankMessage.Decision decision) {
      decide(decision.decision());
    } else if (message instanceof BankMessage.Hold hold) {
      holds++;
      answer(holdDesk.handle(hold.hold()));
    } else if (message instanceof BankMessage.Order order) {
      orders++;
      answer(orderDesk.handle(order.envelope()));
    } else if (message instanceof BankMessage.Release release) {
      transport.send(releaseDesk.handle(release.release()));
    } else {
      turnAway((BankMessage.Unreadable) message);
    }
  }

  private void decide(TransferDecision decision) {
    if (ledger.decided(decision.getEventId())) {
      repeated++;
      return;
    }
    Instant now = core.now();
    boolean tooLate = now.isAfter(decision.getAnswerBy());
    listener.decided(decision, tooLate);
    ledger.decision(decision, tooLate, now);
    decisions++;
    late += tooLate ? 1 : 0;
  }

  private void turnAway(BankMessage.Unreadable message) {
    unreadable++;
    ledger.unreadable(message, core.now());
    if (message.order()) {
      answer(orderDesk.answerUnreadable(message));
    }
  }

  private void answer(Object body) {
    transport.send(new BankInbound(bank, body));
  }
}
