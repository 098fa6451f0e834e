package dev.zhifu.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.people.DemoPeople;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand cases at once. */
@Tag("slow")
class FloodTest {
  private static final int CASES = 1_000;
  private static final double MINUTE = 60;

  @Test
  void aThousandCasesInAMinuteAreShownAndPagesStayUsable() {
    try (DeskRig rig = new DeskRig("flood")) {
      HttpPerson officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
      long begun = System.nanoTime();
      for (int i = 0; i < CASES; i++) {
        rig.tell("洪峰" + i, 1_000_000L + i, i % 3 == 0 ? "R-F" + i : null);
      }
      List<Double> pages = new ArrayList<>();
      while (rig.one("select count(*) from seen.queue", Integer.class) < CASES) {
        long asked = System.nanoTime();
        assertThat(officer.get("/queue/lines?filter=all").statusCode()).isEqualTo(200);
        pages.add((System.nanoTime() - asked) / 1e6);
        assertThat((System.nanoTime() - begun) / 1e9).isLessThan(MINUTE);
      }
      rig.caughtUp();
      double seconds = (System.nanoTime() - begun) / 1e9;
      Collections.sort(pages);
      ResultFile.write(
          "desk-flood.md",
          """
          # A flood at the desk

          Written by `FloodTest` (`mvn -Pfast -Pslow -pl console/desk -am package -Dtest=FloodTest -Ddocs.write=true`).
          %s.

          %,d cases, %,d records, all in the queue %.1f s after the first was written; the queue was asked for %d times meanwhile:
          p50 %.0f ms, longest %.0f ms.
          """
              .formatted(
                  ResultFile.machine(),
                  CASES,
                  rig.topics().all().size(),
                  seconds,
                  pages.size(),
                  pages.isEmpty() ? 0 : pages.get(pages.size() / 2),
                  pages.isEmpty() ? 0 : pages.get(pages.size() - 1)));
      assertThat(seconds).isLessThan(MINUTE);
    }
  }
}
