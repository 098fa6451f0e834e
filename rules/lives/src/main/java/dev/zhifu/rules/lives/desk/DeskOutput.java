package dev.zhifu.rules.lives.desk;

import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RestrictionNotice;
import java.time.Duration;

/** Where the desks put what leaves. */
public interface DeskOutput {
  /** A transition that happened. */
  void transition(LifeTransition transition);

  /** A transition that stands in the record and that the state had not reached. */
  void adopted(LifeTransition transition);

  /** Something to send. */
  void request(ChannelRequest request);

  /** What a holder is told. */
  void notice(RestrictionNotice notice);

  /** What a person must look at. */
  void alarm(RecoveryAlarm alarm);

  /**
   * A bank has said that a restriction which was to be lifted is lifted; measured, never acted on.
   *
   * @param channel by which the bank said so
   * @param took from the decision, tick time, to the lift, by the bank's own time; never below 0
   */
  default void lifted(OrderChannel channel, Duration took) {
    // Only who measures takes it.
  }
}
