package dev.zhifu.desk.view;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures over everything that is stored. While they are quickly made they are made anew for
 * whoever asks; once that takes long, a thread makes them beside the pages, which show the last
 * ones: only the first waits. Making them takes at most a tenth of the time, whatever the store
 * holds.
 */
final class Kept<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Kept.class);
  private static final Duration QUICK = Duration.ofMillis(50);
  private static final int SHARE = 10;

  private final String name;
  private final Supplier<T> maker;
  private final long ageNanos;
  private T value;
  private long madeAt;
  private long tookNanos;
  private boolean making;

  /**
   * @param name for the thread and the log
   * @param age no figure is made anew sooner
   */
  Kept(String name, Duration age, Supplier<T> maker) {
    this.name = name;
    this.maker = maker;
    this.ageNanos = age.toNanos();
  }

  /** The figures. */
  synchronized T get() {
    // The machine's own clock on purpose: it bounds the load of making them.
    long since = System.nanoTime() - madeAt;
    if (value == null || since >= ageNanos && tookNanos <= QUICK.toNanos()) {
      make();
    } else if (!making && since >= Math.max(ageNanos, SHARE * tookNanos)) {
      making = true;
      Thread thread = new Thread(this::makeBeside, "figures-" + name);
      thread.setDaemon(true);
      thread.start();
    }
    return value;
  }

  private void make() {
    long begun = System.nanoTime();
    T made = maker.get();
    took(made, begun);
  }

  private void makeBeside() {
    long begun = System.nanoTime();
    try {
      T made = maker.get();
      synchronized (this) {
        took(made, begun);
      }
    } catch (RuntimeException | AssertionError e) {
      LOG.warn("figures {} are not made anew: {}", name, e.toString());
    } finally {
      synchronized (this) {
        making = false;
      }
    }
  }

  private void took(T made, long begun) {
    value = made;
    madeAt = System.nanoTime();
    tookNanos = madeAt - begun;
  }
}
