package dev.zhifu.bank;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Several twins on one thread, each with its own credentials, served in turn. */
public final class BankTwins implements Runnable, AutoCloseable {
  private static final long IDLE_NANOS = Duration.ofMillis(2).toNanos();

  private final List<BankTwin> twins;
  private volatile boolean stopping;

  /**
   * @param twins the banks; closed with this
   */
  public BankTwins(List<BankTwin> twins) {
    this.twins = List.copyOf(twins);
  }

  /** One step of every twin; returns messages handled. */
  public int step() {
    int handled = 0;
    for (BankTwin twin : twins) {
      handled += twin.step(Duration.ZERO);
    }
    return handled;
  }

  /** Steps until {@link #stop}, resting 2 ms when nothing came; then closes the twins. */
  @Override
  public void run() {
    try {
      while (!stopping && !Thread.currentThread().isInterrupted()) {
        if (step() == 0) {
          LockSupport.parkNanos(IDLE_NANOS);
        }
      }
    } finally {
      close();
    }
  }

  /** Ends {@link #run} after its present round. */
  public void stop() {
    stopping = true;
  }

  @Override
  public void close() {
    twins.forEach(BankTwin::close);
  }
}
