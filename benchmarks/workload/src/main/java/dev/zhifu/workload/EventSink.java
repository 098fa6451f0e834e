package dev.zhifu.workload;

import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.VictimReport;

/**
 * Takes what the city sends, in arrival order. A duplicate is the same object given twice. Every
 * method does nothing unless overridden.
 */
public interface EventSink {
  /** Takes everything and keeps nothing. */
  EventSink NONE = new EventSink() {};

  /** One phase of one movement of money; topic bank.transactions. */
  default void transaction(BankTransaction event) {}

  /** One access to an account; topic bank.access. */
  default void access(BankAccessEvent event) {}

  /** One telecom signal; topic telecom.events. */
  default void telecom(TelecomEvent event) {}

  /** A victim's statement, as taken down; topic victim.reports. */
  default void report(VictimReport event) {}

  /** One city second; topic clock.ticks. */
  default void tick(ClockTick tick) {}

  /**
   * An officer's decision, not signed yet; topic officer.acts once an {@link ActSigner} has signed
   * it.
   */
  default void officerAct(OfficerActDraft act) {}

  /** One transaction that belongs to a story; goes to the truth file, never to a topic. */
  default void truth(TruthTransaction transaction) {}
}
