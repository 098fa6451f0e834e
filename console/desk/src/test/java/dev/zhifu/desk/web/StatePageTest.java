package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.view.EngineState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The page about the engine's state says "behind" when nothing of its clock reaches the desk. */
class StatePageTest {
  @Test
  void ticksThatStopToComeAreSaidAndThoseThatComeAgainToo() {
    Instant wall = Instant.parse("2026-05-05T18:00:00Z");
    try (DeskRig rig = new DeskRig("statepage")) {
      rig.wallClock(wall);
      rig.tick(Cast.T0.plusSeconds(1));
      HttpPerson admin = new HttpPerson(rig.url()).login("admin-1", DemoPeople.PASSWORD);
      rig.eventually(() -> admin.get("/state").body().contains("data-state=\"well\""));

      rig.wallClock(wall.plus(EngineState.SILENT));
      assertThat(admin.get("/state").body()).contains("data-state=\"well\"");
      rig.wallClock(wall.plus(EngineState.SILENT).plusMillis(1));
      assertThat(admin.get("/state").body()).contains("data-state=\"behind\"", "落后：引擎时钟不再到达本台");

      rig.tick(Cast.T0.plusSeconds(2));
      rig.eventually(() -> admin.get("/state").body().contains("data-state=\"well\""));
    }
  }
}
