package dev.zhifu.desk.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One rule from draft to withdrawal by author and approver over HTTP. The test answers for the
 * engine; a small program in the launcher's place shows what is started and what is made of its
 * result: that the commands themselves work is theirs to test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RuleDeskTest {
  private static final Path CATALOGUE = Path.of("../../rules/catalogue/V03");

  private final Signatures signatures = new Signatures(DemoKeys.directory(), Environment.DEMO);
  private Path folder;
  private Path launcher;
  private DeskRig rig;
  private HttpPerson author;
  private HttpPerson approver;
  private String document;

  @BeforeAll
  void start() throws IOException {
    Path place = Files.createDirectories(Path.of("target/rules"));
    folder = Files.createTempDirectory(place, "drafts");
    launcher = folder.resolve("launcher");
    document = Files.readString(CATALOGUE.resolve("rule.yaml"));
    rig = new DeskRig("rules", new RuleTools(folder, launcher.toAbsolutePath(), null));
    rig.publish("V03");
    rig.caughtUp();
    author = new HttpPerson(rig.url()).login("author-1", DemoPeople.PASSWORD);
    approver = new HttpPerson(rig.url()).login("approver-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private void launcherSays(String script) throws IOException {
    Files.writeString(launcher, "#!/bin/sh\n" + script + "\n", StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
  }

  private RulePublication published() {
    List<RulePublication> all =
        rig.topics().all("rules.publications").stream()
            .map(record -> Bodies.read(record.value(), RulePublication.class))
            .toList();
    return all.get(all.size() - 1);
  }

  private void answer(RulePublication about, RuleStatusKind kind, int subtask, String reason) {
    rig.topics()
        .write(
            "rules.status",
            about.getRuleId() + about.getEffectiveFrom() + subtask + kind,
            RuleStatus.newBuilder()
                .setRuleId(about.getRuleId())
                .setVersion(about.getVersion())
                .setStatus(kind)
                .setSubtask(subtask)
                .setWatermark(Cast.T0)
                .setReason(reason)
                .setEffectiveFrom(about.getEffectiveFrom())
                .setPublicationStatus(about.getStatus())
                .setFaults(reason.isEmpty() ? List.of() : List.of("rule.yaml:3:1: " + reason))
                .setSubtasks(subtask < 0 ? 0 : 2)
                .build());
    rig.caughtUp();
  }

  private void inForce(RulePublication about) {
    answer(about, RuleStatusKind.ACCEPTED, -1, "");
    answer(about, RuleStatusKind.IN_FORCE, 0, "");
    answer(about, RuleStatusKind.IN_FORCE, 1, "");
  }

  @Test
  @Order(1)
  void aDraftWithFaultsIsNotSavedAndEachFaultIsNamed() {
    HttpResponse<String> refused =
        author.post(
            "/rule/V03/draft", Map.of("document", document + "\nnonsense: 1\n", "scenarios", ""));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("V03/rule.yaml:").contains("nonsense");
    assertThat(folder.resolve("V03")).doesNotExist();
    assertThat(
            author
                .post("/rule/M01/draft", Map.of("document", document, "scenarios", ""))
                .statusCode())
        .as("another rule's id")
        .isEqualTo(422);
    assertThat(author.post("/rule/..%2Fx/draft", Map.of("document", document)).statusCode())
        .isIn(400, 404);
  }

  @Test
  @Order(2)
  void aDraftIsWrittenAsFilesUnderTheNextVersion() throws IOException {
    String scenarios = Files.readString(CATALOGUE.resolve("scenarios.yaml"));
    HttpResponse<String> saved =
        author.post("/rule/V03/draft", Map.of("document", document, "scenarios", scenarios));
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(302);
    assertThat(folder.resolve("V03/rule.yaml")).content().contains("version: 3");
    assertThat(folder.resolve("V03/scenarios.yaml")).content().isEqualTo(scenarios);
    assertThat(author.get("/rule/V03").body()).contains("草稿 v3").contains("逐步读法");
    assertThat(approver.post("/rule/V03/draft", Map.of("document", document)).statusCode())
        .isEqualTo(403);
  }

  @Test
  @Order(3)
  void scenariosAndTheTrialOnTheLastDayRunAsCommands() throws IOException {
    launcherSays(
        """
        printf '%s\\n' "$@" > "$(dirname "$0")/asked"
        for last; do :; done
        echo '{"scenarios": 4, "failed": 1, "faults": [], "results": [{"scenario": "near miss", "line": 12, "ok": false}]}' > "$last"
        exit 1""");
    assertThat(author.post("/rule/V03/trial", Map.of("kind", "SCENARIOS")).statusCode())
        .isEqualTo(200);
    rig.eventually(() -> author.get("/rule/V03/part").body().contains("情景 4 个，未通过 1 个"));
    assertThat(author.get("/rule/V03/part").body()).contains("near miss (scenarios.yaml:12)");
    assertThat(folder.resolve("asked"))
        .content()
        .startsWith("rules\ntest\n" + folder.resolve("V03").toAbsolutePath() + "\n--json\n");

    launcherSays(
        """
        printf '%s\\n' "$@" > "$(dirname "$0")/asked"
        for last; do :; done
        echo '{"comparison": {"hits": {"live": 40, "drafted": 43, "added": 5, "lost": 2, "shared": 38},
          "accounts": {"live": 9, "drafted": 10, "added": 1, "lost": 0, "shared": 9},
          "moneyFen": {"live": 100, "drafted": 18600000, "added": 18599900, "lost": 0, "shared": 100}}}' > "$last" """);
    author.post("/rule/V03/trial", Map.of("kind", "HISTORY"));
    rig.eventually(() -> author.get("/rule/V03/part").body().contains("186,000.00"));
    assertThat(folder.resolve("asked")).content().contains("backtest\n--stack\n--hours\n24\n");

    launcherSays("echo no stack runs here; exit 2");
    author.post("/rule/V03/trial", Map.of("kind", "HISTORY"));
    rig.eventually(
        () -> author.get("/rule/V03/part").body().contains("exit code 2; no stack runs here"));
  }

  @Test
  @Order(4)
  void theAuthorPutsItInShadowWithOwnSignaturesAlone() {
    assertThat(author.get("/rule/V03/part").body()).contains("data-rule-offer=\"SHADOW\"");
    author.post("/rule/V03/act", Map.of("status", "SHADOW", "reason", "看一天"));
    RulePublication shadow = published();
    assertThat(shadow.getStatus()).isEqualTo(PublicationStatus.SHADOW);
    assertThat(shadow.getVersion()).isEqualTo(3);
    assertThat(shadow.getAuthor()).isEqualTo("author-1");
    assertThat(shadow.getEffectiveFrom()).isEqualTo(Cast.T0.plus(RuleWork.LEAD));
    assertThat(signatures.verify(shadow, Cast.T0).holds()).isTrue();
    inForce(shadow);
    assertThat(author.get("/rule/V03/part").body()).contains("在效 2/2");
  }

  @Test
  @Order(5)
  void liveNeedsAnotherPersonsSignature() {
    author.post("/rule/V03/act", Map.of("status", "LIVE", "reason", "影子期无误报"));
    assertThat(published().getStatus()).isEqualTo(PublicationStatus.SHADOW);
    String act = rig.one("select act_id from own.rule_act where state = 'ASKED'", String.class);
    assertThat(author.post("/rule-act/" + act + "/confirm", Map.of()).statusCode()).isEqualTo(403);
    assertThat(approver.get("/rules").body()).contains(act);
    assertThat(approver.post("/rule-act/" + act + "/confirm", Map.of()).statusCode())
        .isEqualTo(200);
    RulePublication live = published();
    assertThat(live.getStatus()).isEqualTo(PublicationStatus.LIVE);
    assertThat(live.getApprover()).isEqualTo("approver-1");
    assertThat(signatures.verify(live, Cast.T0).holds()).isTrue();
    assertThat(approver.post("/rule-act/" + act + "/confirm", Map.of()).statusCode())
        .as("once")
        .isEqualTo(422);
  }

  @Test
  @Order(6)
  void theEnginesRefusalIsShownInItsOwnWords() {
    answer(published(), RuleStatusKind.REFUSED, -1, "effectiveFrom is too near");
    String page = author.get("/rule/V03/part").body();
    assertThat(page).contains("引擎拒绝").contains("effectiveFrom is too near");
    assertThat(page).as("it stays in shadow").contains("data-rule-offer=\"LIVE\"");
  }

  @Test
  @Order(7)
  void anApproverWithdrawsWhatStands() {
    rig.tick(Cast.T0.plusSeconds(120));
    author.post("/rule/V03/act", Map.of("status", "LIVE", "reason", "再提"));
    String act = rig.one("select act_id from own.rule_act where state = 'ASKED'", String.class);
    approver.post("/rule-act/" + act + "/confirm", Map.of());
    inForce(published());
    assertThat(
            author.post("/rule/V03/act", Map.of("status", "WITHDRAWN", "reason", "x")).statusCode())
        .as("not the author's to press")
        .isEqualTo(403);
    approver.post("/rule/V03/act", Map.of("status", "WITHDRAWN", "reason", "误报增多"));
    RulePublication withdrawn = published();
    assertThat(withdrawn.getStatus()).isEqualTo(PublicationStatus.WITHDRAWN);
    assertThat(withdrawn.getVersion()).isEqualTo(3);
    assertThat(signatures.verify(withdrawn, Cast.T0).holds()).isTrue();
  }
}
