package dev.zhifu.bank;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bank for tests and demo: the library on a bank's systems. A step that fails, as when the
 * broker is away, is logged and tried again after {@value #RETRY_SECONDS} s; the library's ledger
 * makes that harmless.
 */
public final class BankTwin implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BankTwin.class);
  private static final long RETRY_SECONDS = 1;

  private final String bank;
  private final BankLibrary library;
  private long notBeforeNanos = Long.MIN_VALUE;

  /**
   * @param bank code of the bank
   * @param library what it links; closed with this twin
   */
  public BankTwin(String bank, BankLibrary library) {
    this.bank = bank;
    this.library = library;
  }

  /** Code of the bank. */
  public String bank() {
    return bank;
  }

  /** What it handled since it started. */
  public BankCounts counts() {
    return library.counts();
  }

  /**
   * One step of the library, unless it failed a moment ago.
   *
   * @return messages handled
   */
  public int step(Duration wait) {
    long now = System.nanoTime();
    if (notBeforeNanos != Long.MIN_VALUE && now - notBeforeNanos < 0) {
      return 0;
    }
    try {
      return library.step(wait);
    } catch (RuntimeException e) {
      LOG.warn("Bank {} could not finish a step and tries again", bank, e);
      notBeforeNanos = now + Duration.ofSeconds(RETRY_SECONDS).toNanos();
      return 0;
    }
  }

  @Override
  public void close() {
    library.close();
  }
}
