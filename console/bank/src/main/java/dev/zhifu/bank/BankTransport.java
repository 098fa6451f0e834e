package dev.zhifu.bank;

import dev.zhifu.wire.BankInbound;
import java.time.Duration;
import java.util.List;

/**
 * How messages reach a bank and leave it. What was polled comes again after a restart unless it was
 * acknowledged: nothing is lost, and the library's ledger makes the second time harmless. Not for
 * use by two threads.
 */
public interface BankTransport extends AutoCloseable {
  /**
   * The next messages, in the order of each topic; none when nothing came within {@code wait}. What
   * was polled and not acknowledged before comes again first, and answers handed over since are
   * forgotten: so a step that failed halfway is taken again whole.
   */
  List<BankMessage> poll(Duration wait);

  /** Hands over an answer for sending. */
  void send(BankInbound answer);

  /**
   * Hands over an answer to a release for sending.
   *
   * @throws UnsupportedOperationException on a way by which no release comes
   */
  default void send(ReleaseAnswer answer) {
    throw new UnsupportedOperationException("no release comes this way");
  }

  /**
   * Returns once every answer handed over is safe and everything polled counts as handled.
   *
   * @throws RuntimeException if an answer could not be sent; nothing is acknowledged then
   */
  void acknowledge();

  @Override
  void close();
}
