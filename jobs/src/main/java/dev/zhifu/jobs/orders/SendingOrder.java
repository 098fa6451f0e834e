package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.rules.money.trace.Urgency;
import dev.zhifu.wire.TraceGround;
import java.util.List;

/**
 * In which order drafts that one tick looks at are signed and sent: by the money that a second of
 * work is likely to keep ({@link Urgency}). Timers ring in the order of their times, so the more
 * urgent a draft, the more milliseconds its look lies before the tick that rings it: within one
 * tick, and never after it (ADR-0171).
 */
final class SendingOrder {

  /** Looks of one second ring at one tick of the clock, which ticks every second. */
  private static final long TICK_MS = 1_000;

  /** 20 billion yuan kept by one request: more than any account of a mule has held. */
  private static final double MOST_FEN_A_SECOND = 1e11;

  private static final Urgency URGENCY = Urgency.defaults();

  private SendingOrder() {}

  /**
   * Milliseconds by which a look at a draft lies before the tick that it waits for: 0 where nothing
   * is to be kept, most for the most urgent. Two drafts of which one keeps 3 % more are told apart.
   *
   * @param everyMs how often it is looked at, milliseconds, at least 1
   */
  static long leadMs(OrderLife draft, long nowMs, long everyMs) {
    if (draft.proposal() == null) {
      return 0;
    }
    double kept = Math.max(0, fenASecond(draft.proposal(), nowMs));
    double part = Math.min(1, Math.log1p(kept) / Math.log1p(MOST_FEN_A_SECOND));
    return (long) (part * (Math.min(everyMs, TICK_MS) - 1));
  }

  /** Fen that a second of work on this request is likely to keep. */
  static double fenASecond(StopProposal proposal, long nowMs) {
    List<TraceGround> grounds = proposal.grounds() == null ? List.of() : proposal.grounds();
    int level = grounds.stream().mapToInt(TraceGround::getLevel).min().orElse(1);
    long arrivedMs =
        grounds.stream()
            .mapToLong(ground -> ground.getArrivedAt().toEpochMilli())
            .max()
            .orElse(proposal.transferTimeMs());
    return URGENCY.of(
        new Urgency.Request(
            proposal.accountToken(),
            proposal.target().getBank(),
            level,
            proposal.tracedFen(),
            arrivedMs),
        nowMs);
  }
}
