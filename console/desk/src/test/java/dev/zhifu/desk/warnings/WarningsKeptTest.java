package dev.zhifu.desk.warnings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.warnings.Step.Kind;
import dev.zhifu.desk.warnings.WarningTask.State;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing that is to be done about a warning falls out because others came after it. */
class WarningsKeptTest {
  private static final int NEWER = 1_000;
  private static final long SEED = 23;

  private DeskRig rig;

  @BeforeEach
  void start() {
    rig = new DeskRig("warnings_kept");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void aFollowUpAndWhoIsUnderWayStandBehindAThousandNewerWarnings() {
    FraudCase seen = rig.tell("回访", 5_000_000, null).opened();
    FraudCase sent = rig.tell("在途", 5_000_000, null).opened();
    rig.caughtUp();
    String followed = Cast.warning(seen, WarningTier.HIGH).getWarningId();
    String going = Cast.warning(sent, WarningTier.HIGH).getWarningId();
    HttpPerson officer = as("officer-1");
    for (String id : List.of(followed, going)) {
      officer.post("/warning/" + id + "/send", Map.of("contact", "grid-1"));
    }
    officer.post("/warning/" + followed + "/step", Map.of("kind", "REACHED"));
    newer(seen);

    rig.tick(Cast.T0.plus(Duration.ofHours(23)));
    assertThat(as("grid-1").get("/go").body()).contains(followed).contains(going);
    assertThat(officer.get("/warnings").body()).contains(row(going)).contains("同类任务超过 150 项");
    assertThat(officer.get("/shift").body()).as("D+1 within 12 h").contains(brief(followed));

    rig.tick(Cast.T0.plus(Duration.ofHours(25)));
    String page = officer.get("/warnings").body();
    assertThat(page).contains(row(followed)).contains(row(going));
    assertThat(page.indexOf(row(followed))).as("due first").isLessThan(page.indexOf(row(going)));
    assertThat(as("grid-1").post("/warning/" + followed + "/step", done()).statusCode())
        .isEqualTo(302);

    rig.tick(Cast.T0.plus(Duration.ofHours(169)));
    assertThat(officer.get("/warnings").body()).as("D+7").contains(row(followed));
    assertThat(as("grid-1").post("/warning/" + followed + "/step", done()).statusCode())
        .isEqualTo(302);
    assertThat(officer.get("/warnings").body()).as("over").doesNotContain(row(followed));
    assertThat(as("grid-1").get("/go").body()).doesNotContain(followed).contains(going);
    officer.post("/language", Map.of("language", "en"));
    assertThat(officer.get("/warnings").body()).contains("More than 150 of a kind wait");
  }

  @Test
  void whoWasSentByHandLeavesTheTaskToTheDirectoryAfterTwoTries() {
    FraudCase about = rig.tell("手工", 5_000_000, null).opened();
    rig.caughtUp();
    String id = Cast.warning(about, WarningTier.HIGH).getWarningId();
    as("officer-1")
        .post(
            "/warning/" + id + "/send",
            Map.of("contact", "hand", "level", "GRID", "name", "牧户", "phone", "0477-000 1234"));
    assertThat(as("station-1").get("/go").body()).doesNotContain(id);
    for (int i = 0; i < WarningTask.TRIES; i++) {
      as("officer-1").post("/warning/" + id + "/step", Map.of("kind", "NOT_FOUND"));
    }
    newer(about);
    assertThat(as("station-1").get("/go").body()).contains(id);
  }

  @Test
  void theMigrationKeepsForOldStepsWhatTheFoldMakesOfThem() {
    Random random = new Random(SEED);
    VictimWarning any = Cast.warning(rig.tell("迁移", 3_000_000, null).opened(), WarningTier.HIGH);
    Map<String, WarningTask> folded = new HashMap<>();
    for (int i = 0; i < 150; i++) {
      List<Step> steps = new ArrayList<>();
      int many = 1 + random.nextInt(8);
      for (int j = 0; j < many; j++) {
        State before = WarningTask.of(any, steps, Map.of()).state();
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        kind = kind == Kind.FOLLOWED_UP && before != State.FOLLOW_UP ? Kind.REACHED : kind;
        if (before == State.CLOSED) {
          break;
        }
        steps.add(new Step(Cast.T0.plusSeconds(j), "officer-1", kind, "nobody", ""));
        note("w" + i, steps.get(j));
      }
      folded.put("w" + i, WarningTask.of(any, steps, Map.of()));
    }
    rig.store().jdbi().useHandle(handle -> handle.execute(backfill()));

    assertThat(folded.values()).extracting(WarningTask::state).contains(State.CLOSED, State.SENT);
    assertThat(folded.values()).extracting(WarningTask::followUps).contains(0, 1, 2);
    folded.forEach(
        (id, task) -> {
          String of = " from own.warning_task where warning_id = '" + id + "'";
          assertThat(rig.one("select state" + of, String.class)).isEqualTo(task.state().name());
          assertThat(rig.one("select follow_up_at" + of, Instant.class))
              .as(id)
              .isEqualTo(task.followUpAt());
          assertThat(rig.one("select since" + of, Instant.class))
              .isEqualTo(task.steps().get(task.steps().size() - 1).at());
        });
  }

  /** The statement that the migration fills the table with, as it stands there. */
  private static String backfill() {
    String file = "/db/migration/V54__warning_tasks.sql";
    try (InputStream in = WarningsKeptTest.class.getResourceAsStream(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.substring(text.indexOf("insert into"), text.indexOf("create index"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(String warning, Step step) {
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.warning_step (warning_id, at, person_id, kind, note) values"
                        + " (?, ?, ?, ?, '')",
                    warning,
                    step.at(),
                    step.personId(),
                    step.kind().name()));
  }

  /** As many warnings of later hours that nobody has done anything about. */
  private void newer(FraudCase about) {
    for (int i = 0; i < NEWER; i++) {
      VictimWarning one =
          VictimWarning.newBuilder(Cast.warning(about, WarningTier.URGENT))
              .setWarningId("newer-" + i)
              .setOccurredAt(Cast.T0.plusSeconds(i))
              .build();
      rig.topics().write("victim.warnings", one.getWarningId(), one);
    }
    rig.caughtUp();
  }

  private static Map<String, String> done() {
    return Map.of("kind", "FOLLOWED_UP");
  }

  private static String row(String warningId) {
    return "data-warning=\"" + warningId + "\"";
  }

  private static String brief(String id) {
    return id.substring(0, 8);
  }

  private HttpPerson as(String id) {
    return new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD);
  }
}
