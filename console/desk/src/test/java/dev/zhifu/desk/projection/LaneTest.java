package dev.zhifu.desk.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.MemoryTopics;
import dev.zhifu.desk.TestStore;
import dev.zhifu.desk.store.Store;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LaneTest {
  /**
   * PostgreSQL's driver throws an AssertionError when its server goes amid a batch: the thread that
   * read died of it, and the desk stood still for good.
   */
  @Test
  void aLaneGoesOnAfterAnExceptionAndAfterAnErrorOfTheDriver() throws Exception {
    MemoryTopics topics = new MemoryTopics();
    Iterator<Throwable> troubles =
        List.of(new IllegalStateException("away"), new AssertionError("should not throw"))
            .iterator();
    Supplier<TopicFeed> feeds =
        () -> {
          if (troubles.hasNext()) {
            Throwable next = troubles.next();
            if (next instanceof Error error) {
              throw error;
            }
            throw (RuntimeException) next;
          }
          return topics.feed(List.of("clock.ticks"));
        };
    topics.write("clock.ticks", "clock", Cast.tick(Cast.T0, 1));
    CountDownLatch taken = new CountDownLatch(1);
    try (Store store = TestStore.fresh("lane");
        Lane lane =
            new Lane("test", new Projection(store, topics), feeds, changes -> taken.countDown())
                .start()) {
      assertThat(taken.await(60, TimeUnit.SECONDS)).as(lane.trouble()).isTrue();
      assertThat(lane.trouble()).isEmpty();
    }
  }
}
