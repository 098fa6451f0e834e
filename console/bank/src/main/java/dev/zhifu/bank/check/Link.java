package dev.zhifu.bank.check;

import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.bank.StopRelease;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.TransferDecision;
import java.time.Duration;
import java.util.List;

/** How a conformance run speaks to a bank, as the centre would. Used by one thread. */
public interface Link extends AutoCloseable {
  /** Sends an order. */
  void send(OrderEnvelope order);

  /** Sends a risk hold. */
  void send(RiskHold hold);

  /** Sends an answer to an awaiting transfer. */
  void send(TransferDecision decision);

  /** True when releases of stops (100103) go this way. */
  boolean carriesReleases();

  /** Sends a release; where {@link #carriesReleases} alone. */
  void send(StopRelease release);

  /** Every answer to a release, oldest first; waits for more than {@code known} of them. */
  List<ReleaseAnswer> released(int known, Duration wait);

  /** Sends what is no order, where orders come; false where this way cannot carry such a thing. */
  boolean sendJunk(byte[] bytes);

  /** Every answer that has come, oldest first; waits for more than {@code known} of them. */
  List<BankInbound> answers(int known, Duration wait);

  /**
   * Refuses the next answer once, as a gateway does whose broker is away; false where this way
   * cannot.
   */
  boolean refuseOnce();

  /** What was wrong with the bank's own requests, oldest first; empty when nothing was. */
  List<String> faults();

  @Override
  void close();
}
