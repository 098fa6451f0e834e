package dev.zhifu.desk.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.MemoryTopics;
import dev.zhifu.desk.store.LocalPostgres;
import dev.zhifu.desk.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is restarted while records come. */
@Tag("slow")
class StoreAwayTest {
  private static final int TICKS = 4_000;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @Test
  void whatCameMeanwhileIsReadOnceAndNothingIsLost(@TempDir Path folder) {
    MemoryTopics topics = new MemoryTopics();
    LocalPostgres server = LocalPostgres.start(folder);
    int port = server.port();
    try (Store store = server.open()) {
      Projection projection = new Projection(store, topics);
      AtomicBoolean writing = new AtomicBoolean(true);
      Thread writer =
          new Thread(
              () -> {
                for (int i = 1; i <= TICKS; i++) {
                  topics.write("dead.letters", "k" + i, letter(i));
                  topics.write("clock.ticks", "clock", Cast.tick(Cast.T0.plusSeconds(i), i));
                }
                writing.set(false);
              });
      try (Lane lane =
          new Lane(
                  "away",
                  projection,
                  () -> topics.feed(Topics.decisive(java.util.List.of())),
                  c -> {})
              .start()) {
        writer.start();
        server.close();
        server = LocalPostgres.start(folder, port);
        awaitLetters(store, lane);
      }
      assertThat(writing).isFalse();
      assertThat(count(store)).isEqualTo(TICKS);
      int newest =
          store
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery("select sequence from seen.clock where name = 'tick'")
                          .mapTo(Integer.class)
                          .one());
      assertThat(newest).isEqualTo(TICKS);
    } finally {
      server.close();
    }
  }

  private static dev.zhifu.wire.DeadLetter letter(int i) {
    return dev.zhifu.wire.DeadLetter.newBuilder()
        .setDeadLetterId("t:0:" + i)
        .setTopic("t")
        .setPartition(0)
        .setOffset(i)
        .setRecordedAt(Cast.T0)
        .setReason(dev.zhifu.wire.DeadLetterReason.UNDECODABLE)
        .setExplanation("")
        .setValue(java.nio.ByteBuffer.allocate(1))
        .build();
  }

  private static void awaitLetters(Store store, Lane lane) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (count(store) < TICKS) {
      if (System.nanoTime() > end) {
        throw new AssertionError(count(store) + " of " + TICKS + "; trouble: " + lane.trouble());
      }
    }
  }

  private static int count(Store store) {
    try {
      return store
          .jdbi()
          .withHandle(
              handle ->
                  handle
                      .createQuery("select count(*) from seen.dead_letter")
                      .mapTo(Integer.class)
                      .one());
    } catch (RuntimeException away) {
      return 0;
    }
  }
}
