package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.view.BankDirectory;
import dev.zhifu.desk.view.DutyWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A duty desk that does not answer rings as a new request does, until somebody acknowledges. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DutyBellTest {
  @TempDir static Path folder;

  private DeskRig rig;
  private HttpPerson officer;
  private Path file;
  private int changes;

  @BeforeAll
  void start() throws IOException {
    file = folder.resolve("institutions.yaml");
    BankDirectory banks = BankDirectory.demo();
    write(banks, "00:00-24:00");
    rig = new DeskRig("duty_bell", DutyWatch.of(file, banks));
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  /** All banks answer at every hour, but B02 at the hours given and without a standby. */
  private void write(BankDirectory banks, String hours) throws IOException {
    Files.writeString(
        file,
        banks.all().stream()
            .map(
                bank ->
                    "  - {code: %s, name: n, headOffice: n, cardPrefixes: [], channel: PAPER, dutyDesk: {phone: \"0000-1\", hours: \"%s\"}}"
                        .formatted(bank.code(), bank.code().equals("B02") ? hours : "00:00-24:00"))
            .collect(
                Collectors.joining(
                    "\n",
                    "version: " + (changes + 1) + "\nkind: institutions\ninstitutions:\n",
                    "\n")));
    // Each version has a time of its own, whatever the file system's grain.
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(changes++)));
  }

  private String bell() {
    return officer.get("/alarms/bell").body();
  }

  @Test
  void itRingsInBothLanguagesUntilAcknowledgedAndAnewWhenItFailsAgain() throws IOException {
    BankDirectory banks = BankDirectory.demo();
    String name = banks.of("B02").name();
    write(banks, "00:00-24:00");
    assertThat(bell()).doesNotContain("class=\"alarm\"");

    write(banks, "08:00-09:00");
    assertThat(bell()).contains("class=\"alarm\"", "值班电话无人接听：" + name);
    assertThat(officer.get("/queue").body()).contains("值班电话无人接听：" + name);
    officer.post("/language", Map.of("language", "en", "back", "/queue"));
    assertThat(bell()).contains("Duty desk does not answer: ", "acknowledge");
    officer.post("/language", Map.of("language", "zh", "back", "/queue"));

    rig.tick(Cast.T0.plusSeconds(60));
    Map<String, String> shown = Map.of("shown", "NO_DUTY_DESK B02");
    officer.post("/alarms/acknowledge", shown);
    assertThat(bell()).as("that was about requests").contains("值班电话无人接听：");
    officer.post("/alarms/acknowledge", Map.of("duty", "true", "shown", "NO_DUTY_DESK B03"));
    assertThat(bell()).as("another desk's").contains("值班电话无人接听：");
    assertThat(bell()).contains("name=\"shown\" value=\"NO_DUTY_DESK B02\"");
    assertThat(
            officer
                .post("/alarms/acknowledge", Map.of("duty", "true", "shown", "NO_DUTY_DESK B02"))
                .body())
        .doesNotContain("class=\"alarm\"");
    rig.tick(Cast.T0.plusSeconds(120));
    assertThat(bell()).as("a minute later").doesNotContain("class=\"alarm\"");
    assertThat(officer.get("/alarms").body()).as("it stands").contains("NO_DUTY_DESK");
    assertThat(
            rig.one(
                "select person_id from own.audit where what = 'ACKNOWLEDGE' and detail = 'duty"
                    + " desks' and object_id = 'NO_DUTY_DESK B02'",
                String.class))
        .isEqualTo("officer-1");

    write(banks, "00:00-24:00");
    assertThat(bell()).doesNotContain("class=\"alarm\"");
    write(banks, "08:00-09:00");
    assertThat(bell()).as("it fails again").contains("值班电话无人接听：" + name);
  }

  @Test
  void anOpenPageHearsOfItWithoutAnyOtherChange() throws IOException {
    BankDirectory banks = BankDirectory.demo();
    write(banks, "00:00-24:00");
    rig.tick(Cast.T0.plusSeconds(180));
    // Whatever the tick before has told was told before this one is shown.
    rig.tick(Cast.T0.plusSeconds(185));
    long made = revision();
    rig.tick(Cast.T0.plusSeconds(190));
    assertThat(revision()).as("the clock alone").isEqualTo(made);

    write(banks, "10:00-11:00");
    rig.tick(Cast.T0.plusSeconds(200));

    rig.eventually(() -> revision() > made);
  }

  /** What a page says of how much the live line had told when it was made. */
  private long revision() {
    return Long.parseLong(
        officer.get("/alarms").body().replaceAll("(?s).*data-made=\"(-?[0-9]+)\".*", "$1"));
  }
}
