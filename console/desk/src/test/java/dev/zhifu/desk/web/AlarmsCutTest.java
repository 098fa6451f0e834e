package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.view.Cases;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.RecoveryAlarm;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A page of alarms that leaves older ones out says so. */
class AlarmsCutTest {

  @Test
  void onlyAPageThatLeavesAlarmsOutSaysSo() {
    try (DeskRig rig = new DeskRig("alarms_cut")) {
      for (int i = 0; i < Cases.ALARMS_MAX; i++) {
        raise(rig, i);
      }
      rig.caughtUp();
      HttpPerson officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
      assertThat(officer.get("/alarms").body()).contains("f-000", "f-199").doesNotContain("另有更早的");
      raise(rig, Cases.ALARMS_MAX);
      rig.caughtUp();
      assertThat(officer.get("/alarms/lines").body())
          .contains("f-200", "f-001", "只列最新 200 条，另有更早的")
          .doesNotContain("f-000");
      officer.post("/language", Map.of("language", "en"));
      assertThat(officer.get("/alarms").body()).contains("The newest 200 stand here");
    }
  }

  private static void raise(DeskRig rig, int i) {
    String id = String.format("f-%03d", i);
    rig.topics()
        .write(
            "recovery.alarms",
            id,
            RecoveryAlarm.newBuilder()
                .setAlarmId(id)
                .setAlarm("BANK_REFUSED")
                .setKind(LifeKind.FREEZE)
                .setObjectId(id)
                .setCaseId("")
                .setWords("said by the job")
                .setCause("m")
                .setTickAt(Cast.T0.plusSeconds(i))
                .build());
  }
}
