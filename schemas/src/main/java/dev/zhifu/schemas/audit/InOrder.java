package dev.zhifu.schemas.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does pieces of work on several threads and hands the results on in the order in which the pieces
 * were given, on the thread that gives them: whatever the number of threads, who is handed the
 * results sees the same. At most {@value #PIECES_A_THREAD} pieces a thread are under way; whoever
 * gives more waits, and works meanwhile. Given by one thread.
 *
 * <p>The first piece that fails, in that order, fails whoever gives or finishes, and those after it
 * are forgotten.
 */
final class InOrder {
  private static final int PIECES_A_THREAD = 4;

  private final int most;
  private final ThreadPoolExecutor helpers;
  private final Deque<Piece<?>> underWay = new ArrayDeque<>();

  /**
   * @param threads that work, the giving one among them; at least 1
   * @throws IllegalArgumentException if there are fewer
   */
  InOrder(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "the audit is to be checked on " + threads + " threads; it takes at least 1");
    }
    this.most = PIECES_A_THREAD * threads;
    this.helpers = threads == 1 ? null : helpers(threads - 1);
  }

  /** They end by themselves a second after the last piece, and never keep a process alive. */
  private static ThreadPoolExecutor helpers(int threads) {
    ThreadPoolExecutor helpers =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "audit-check");
              thread.setDaemon(true);
              return thread;
            });
    helpers.allowCoreThreadTimeOut(true);
    return helpers;
  }

  private record Piece<R>(FutureTask<R> task, Consumer<R> then) {}

  /**
   * Does {@code work} on some thread, then {@code then} on this one, before or at {@link #finish}.
   */
  <R> void give(Supplier<R> work, Consumer<R> then) {
    if (helpers == null) {
      then.accept(work.get());
      return;
    }
    Piece<R> piece = new Piece<>(new FutureTask<>(work::get), then);
    underWay.add(piece);
    helpers.execute(piece.task());
    while (!underWay.isEmpty() && (underWay.size() > most || underWay.element().task().isDone())) {
      handOn(underWay.remove());
    }
  }

  /** Waits until everything that was given is done and handed on. */
  void finish() {
    while (!underWay.isEmpty()) {
      handOn(underWay.remove());
    }
  }

  private <R> void handOn(Piece<R> piece) {
    boolean done = false;
    try {
      BlockingQueue<Runnable> waiting = helpers.getQueue();
      Runnable next = piece.task().isDone() ? null : waiting.poll();
      while (next != null) {
        next.run();
        next = piece.task().isDone() ? null : waiting.poll();
      }
      piece.then().accept(piece.task().get());
      done = true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      // A Supplier throws nothing else.
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the audit was checked", e);
    } finally {
      if (!done) {
        underWay.forEach(later -> later.task().cancel(false));
        underWay.clear();
      }
    }
  }
}
