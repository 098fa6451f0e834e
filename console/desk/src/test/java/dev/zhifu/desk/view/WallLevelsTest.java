package dev.zhifu.desk.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.warnings.Step;
import dev.zhifu.desk.warnings.Step.Kind;
import dev.zhifu.desk.warnings.WarningDesk;
import dev.zhifu.desk.warnings.WarningTask;
import dev.zhifu.desk.warnings.WarningTask.State;
import dev.zhifu.rules.lives.directory.Contact;
import dev.zhifu.rules.lives.directory.Directories;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wall says at which level warnings were closed. */
class WallLevelsTest {
  private static final long SEED = 11;
  private DeskRig rig;

  @BeforeEach
  void start() {
    rig = new DeskRig("wall_levels");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void theWallSharesClosedWarningsOutAmongTheLevelsTheyEndedAt() {
    assertThat(as("officer-4").get("/wall/numbers").body())
        .as("none closed yet")
        .contains("<td data-level=\"TOWNSHIP\">–</td>");
    tell("first", sent("grid-1"), did(Kind.REACHED));
    tell("up", sent("grid-1"), did(Kind.NOT_FOUND), did(Kind.LINE_BUSY), did(Kind.REACHED));
    tell("station", sent("station-1"), did(Kind.REACHED), did(Kind.FOLLOWED_UP));
    tell(
        "banner",
        sent("station-1"),
        did(Kind.NOT_LISTENING),
        did(Kind.NOT_LISTENING),
        did(Kind.REACHED));
    tell("city", sent("city"), did(Kind.ENDED));
    tell("again", sent("grid-1"), did(Kind.NOT_FOUND), sent("station-1"), did(Kind.REACHED));
    tell("open", sent("grid-1"), did(Kind.NOT_FOUND));
    tell("relapse", sent("city"), did(Kind.REACHED), did(Kind.NOT_LISTENING));
    tell("nobody", did(Kind.ENDED));

    Map<String, Wall.Level> levels = levels();
    assertThat(levels.get("GRID")).isEqualTo(new Wall.Level("GRID", 4, 1, 1 / 7.0));
    assertThat(levels.get("TOWNSHIP")).isEqualTo(new Wall.Level("TOWNSHIP", 4, 3, 3 / 7.0));
    assertThat(levels.get("BANNER")).isEqualTo(new Wall.Level("BANNER", 1, 1, 1 / 7.0));
    assertThat(levels.get("CITY")).isEqualTo(new Wall.Level("CITY", 2, 1, 1 / 7.0));
    assertThat(levels.get(Wall.NOBODY)).isEqualTo(new Wall.Level(Wall.NOBODY, 1, 1, 1 / 7.0));
    HttpPerson leader = as("officer-4");
    rig.eventually(() -> leader.get("/wall/numbers").body().contains("43 %"));
    assertThat(leader.get("/wall").body())
        .contains("预警办结层级")
        .contains("占全部办结")
        .contains("<td data-level=\"TOWNSHIP\">43 %</td>")
        .contains("<td data-level=\"BANNER\">14 %</td>")
        .contains("<td data-level=\"CITY\">14 %</td>");
    assertThat(leader.get("/wall/charts.json").body()).contains("未派人");
    leader.post("/language", Map.of("language", "en"));
    assertThat(leader.get("/wall").body())
        .contains("Warnings closed, by level")
        .contains("share of all closed");
  }

  @Test
  void theStatementAgreesWithTheFoldOfTheTasks() {
    Random random = new Random(SEED);
    List<Contact> directory = contacts();
    Map<String, Contact> byId =
        directory.stream().collect(Collectors.toMap(Contact::id, Function.identity()));
    VictimWarning any = Cast.warning(rig.tell("折叠", 3_000_000, null).opened(), WarningTier.HIGH);
    Map<String, Long> closed = new HashMap<>();
    for (int i = 0; i < 120; i++) {
      List<Step> steps = new ArrayList<>();
      int many = random.nextInt(9);
      for (int j = 0; j < many; j++) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        boolean seen = WarningTask.of(any, steps, byId).state() == State.FOLLOW_UP;
        // The desk takes a follow-up of a victim who was reached, and no other.
        kind = kind == Kind.FOLLOWED_UP && !seen ? Kind.REACHED : kind;
        steps.add(
            kind == Kind.SENT
                ? sent(directory.get(random.nextInt(directory.size())).id())
                : did(kind));
        State state = WarningTask.of(any, steps, byId).state();
        if (state == State.CLOSED) {
          break;
        }
      }
      tell("w" + i, steps.toArray(Step[]::new));
      WarningTask task = WarningTask.of(any, steps, byId);
      if (task.state() == State.FOLLOW_UP || task.state() == State.CLOSED) {
        closed.merge(task.level() == null ? Wall.NOBODY : task.level().name(), 1L, Long::sum);
      }
    }
    assertThat(closed).as("levels that the seed reaches").hasSizeGreaterThan(3);
    Map<String, Long> told = new HashMap<>();
    levels().forEach((level, one) -> told.merge(level, one.closed(), Long::sum));
    told.values().removeIf(count -> count == 0);
    assertThat(told).isEqualTo(closed);
  }

  private Map<String, Wall.Level> levels() {
    return new Wall(rig.store(), null, new WarningDesk(rig.store(), null, null, contacts()), null)
        .levels().stream().collect(Collectors.toMap(Wall.Level::level, Function.identity()));
  }

  private static List<Contact> contacts() {
    String file = "/directory/demo-dispatch.yaml";
    try (InputStream in = WallLevelsTest.class.getResourceAsStream(file)) {
      return Directories.contacts(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpPerson as(String id) {
    return new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD);
  }

  private static Step sent(String contact) {
    return new Step(Cast.T0, "officer-1", Kind.SENT, contact, "");
  }

  private static Step did(Kind kind) {
    return new Step(Cast.T0, "officer-1", kind, null, "");
  }

  private void tell(String warning, Step... steps) {
    for (Step step : steps) {
      rig.store()
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "insert into own.warning_step (warning_id, at, person_id, kind, contact_id,"
                          + " note) values (?, ?, ?, ?, ?, '')",
                      warning,
                      step.at(),
                      step.personId(),
                      step.kind().name(),
                      step.contactId()));
    }
  }
}
