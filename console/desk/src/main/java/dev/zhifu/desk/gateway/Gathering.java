package dev.zhifu.desk.gateway;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Questions to the store, gathered: those that come while one statement is under way are the next
 * one together. Alone, a question waits for nothing; the more come, the less each of them costs.
 *
 * @param <Q> question
 * @param <A> answer
 */
final class Gathering<Q, A> {
  private static final int MOST = 500;

  /**
   * Classes of SQLSTATE that say the server cannot be reached (SQL standard, PostgreSQL app. A).
   */
  private static final String CONNECTION = "08";

  private static final String SHUTDOWN = "57P";

  private final Function<List<Q>, List<A>> statement;
  private final Executor on;
  private final Deque<Asked<Q, A>> waiting = new ArrayDeque<>();
  private boolean running;

  /**
   * @param statement as many answers as questions, in their order
   * @param on runs statements, one at a time
   */
  Gathering(Function<List<Q>, List<A>> statement, Executor on) {
    this.statement = statement;
    this.on = on;
  }

  /** The answer; it fails as the statement does. */
  CompletableFuture<A> ask(Q question) {
    Asked<Q, A> asked = new Asked<>(question, new CompletableFuture<>());
    synchronized (waiting) {
      waiting.add(asked);
      if (running) {
        return asked.answer();
      }
      running = true;
    }
    try {
      on.execute(this::run);
    } catch (RuntimeException e) {
      synchronized (waiting) {
        running = false;
        waiting.remove(asked);
      }
      throw e;
    }
    return asked.answer();
  }

  private void run() {
    for (List<Asked<Q, A>> next = next(); !next.isEmpty(); next = next()) {
      answer(next);
    }
  }

  private List<Asked<Q, A>> next() {
    List<Asked<Q, A>> next = new ArrayList<>();
    synchronized (waiting) {
      while (next.size() < MOST && !waiting.isEmpty()) {
        next.add(waiting.poll());
      }
      running = !next.isEmpty();
    }
    return next;
  }

  private void answer(List<Asked<Q, A>> all) {
    List<A> answers;
    try {
      answers = statement.apply(all.stream().map(Asked::question).toList());
    } catch (RuntimeException | Error e) {
      if (all.size() == 1 || storeAway(e)) {
        all.forEach(one -> one.answer().completeExceptionally(e));
      } else {
        // What is wrong with one question is no other's fault.
        all.forEach(one -> answer(List.of(one)));
      }
      return;
    }
    for (int i = 0; i < all.size(); i++) {
      all.get(i).answer().complete(answers.get(i));
    }
  }

  /**
   * True when no statement can be answered now: asked one by one, each would wait for its limit.
   */
  private static boolean storeAway(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLException sql
                        && sql.getSQLState() != null
                        && (sql.getSQLState().startsWith(CONNECTION)
                            || sql.getSQLState().startsWith(SHUTDOWN)));
  }

  private record Asked<Q, A>(Q question, CompletableFuture<A> answer) {}
}
