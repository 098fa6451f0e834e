package dev.zhifu.desk.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.lives.AlarmKind;
import dev.zhifu.rules.lives.calendar.WorkCalendar;
import dev.zhifu.rules.lives.directory.Contact;
import dev.zhifu.rules.lives.directory.Directories;
import dev.zhifu.wire.RecoveryAlarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bank whose duty desk will not answer is an alarm before an order needs it. */
class DutyWatchTest {
  /** 12:00 in Beijing. */
  private static final Instant NOON = Instant.parse("2026-06-01T04:00:00Z");

  private static final String BANKS =
      """
      banks:
        - {code: B01, name: 一, dutyPhone: "1", prefixes: ["621701"]}
        - {code: B02, name: 二, dutyPhone: "2", prefixes: ["621702"]}
      """;
  private static final String WHOLE =
      """
      version: 1
      kind: institutions
      institutions:
        - {code: B01, name: 一, headOffice: 一, cardPrefixes: [], channel: PAPER,
           dutyDesk: {phone: "0000-1000", hours: "00:00-24:00"}}
        - {code: B02, name: 二, headOffice: 二, cardPrefixes: [], channel: PAPER,
           dutyDesk: {phone: "0000-2000", hours: "08:00-20:00"}, standby: {phone: "0000-2001"}}
      """;

  @TempDir Path folder;
  private BankDirectory banks;
  private int changes;

  @BeforeEach
  void banks() throws IOException {
    Path file = folder.resolve("banks.yaml");
    Files.writeString(file, BANKS);
    banks = BankDirectory.read(file);
  }

  @Test
  void everyBankOfTheDemoAnswersAtEveryHour() {
    DutyWatch watch = DutyWatch.demo(BankDirectory.demo());
    for (int hour = 0; hour < 24; hour++) {
      assertThat(watch.alarms(NOON.plusSeconds(hour * 3_600L))).isEmpty();
    }
  }

  @Test
  void aVersionWithoutAStandbyRaisesAnAlarmUntilTheNextMendsIt() throws IOException {
    Path file = write(WHOLE);
    DutyWatch watch = DutyWatch.of(file, banks);
    assertThat(watch.alarms(NOON)).isEmpty();

    write(
        WHOLE.replace(", standby: {phone: \"0000-2001\"}", "").replace("version: 1", "version: 2"));
    List<RecoveryAlarm> alarms = watch.alarms(NOON);
    assertThat(alarms).hasSize(1);
    assertThat(alarms.get(0).getAlarm()).isEqualTo(AlarmKind.NO_DUTY_DESK.name());
    assertThat(alarms.get(0).getObjectId()).isEqualTo("B02");
    assertThat(alarms.get(0).getWords())
        .contains("names no standby", "enter one", "from 2026-06-01 20:00:00");
    assertThat(watch.alarms(NOON.minusSeconds(4 * 3_600L + 60)))
        .as("07:59 to 19:59: the desk opens in a minute")
        .hasSize(1);
    assertThat(watch.alarms(NOON.minusSeconds(4 * 3_600L)))
        .as("08:00 to 20:00: somebody answers all the while")
        .isEmpty();

    write(WHOLE.replace("version: 1", "version: 3"));
    assertThat(watch.alarms(NOON)).isEmpty();
  }

  @Test
  void aBankOfNoEntryIsAnAlarm() throws IOException {
    DutyWatch watch = DutyWatch.of(write(WHOLE.replace("code: B02", "code: B03")), banks);
    assertThat(watch.alarms(NOON))
        .singleElement()
        .satisfies(
            alarm ->
                assertThat(alarm.getWords()).contains("institution B02", "institutions.directory"));
    assertThat(DutyWatch.none(banks).alarms(NOON)).hasSize(2);
  }

  @Test
  void aBrokenVersionIsAnAlarmAndTheLastGoodOneStands() throws IOException {
    DutyWatch watch = DutyWatch.of(write(WHOLE), banks);
    write(WHOLE.replace("channel: PAPER", "channel: POST"));
    assertThat(watch.alarms(NOON))
        .hasSize(2)
        .allMatch(alarm -> alarm.getAlarm().equals(AlarmKind.DIRECTORY_BROKEN.name()))
        .anyMatch(alarm -> alarm.getWords().contains("institution B01: channel is 'POST'"));
  }

  @Test
  void aChangeUnderTheSameVersionIsAnAlarmAndTheLastGoodOneStands() throws IOException {
    DutyWatch watch = DutyWatch.of(write(WHOLE.replace("version: 1", "version: 4")), banks);
    String changed = WHOLE.replace("00:00-24:00", "09:00-10:00");

    for (String version : List.of("version: 4", "version: 3")) {
      write(changed.replace("version: 1", version));
      assertThat(watch.alarms(NOON))
          .singleElement()
          .satisfies(
              alarm -> {
                assertThat(alarm.getAlarm()).isEqualTo(AlarmKind.DIRECTORY_BROKEN.name());
                assertThat(alarm.getWords())
                    .contains("says " + version.replace(":", ""), "give it 5");
              });
    }

    write(changed.replace("version: 1", "version: 5"));
    assertThat(watch.alarms(NOON))
        .extracting(RecoveryAlarm::getAlarm)
        .containsExactly(AlarmKind.NO_DUTY_DESK.name());
    write(changed.replace("version: 1", "version: 5"));
    assertThat(watch.alarms(NOON)).as("the same content written again").hasSize(1);
  }

  @Test
  void aContactThatNobodyAnswersForAtNightIsAnAlarm() throws IOException {
    List<Contact> contacts =
        Directories.contacts(
            "dispatch.yaml",
            """
            version: 1
            kind: dispatch
            contacts:
              - {id: C1, level: CITY, name: 市, phone: "0000-1", hours: "08:00-20:00"}
              - {id: T1, level: TOWNSHIP, parent: C1, name: 镇, phone: "0000-2", hours: "00:00-24:00"}
            """);
    DutyWatch watch = DutyWatch.of(write(WHOLE), banks).watching(contacts);

    assertThat(watch.alarms(NOON))
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.getAlarm()).isEqualTo(AlarmKind.NO_DUTY_DESK.name());
              assertThat(alarm.getObjectId()).isEqualTo("C1");
              assertThat(alarm.getWords()).contains("contact C1", "give one of them the whole day");
            });
  }

  @Test
  void theEndOfTheOfficialCalendarIsAnAlarmBeforeATermReachesIt() throws IOException {
    DutyWatch watch = DutyWatch.of(write(WHOLE), banks);
    LocalDate last = WorkCalendar.official().lastDay();
    Instant noon = last.atTime(12, 0).toInstant(ZoneOffset.ofHours(8));

    assertThat(watch.alarms(noon.minus(DutyWatch.CALENDAR_AHEAD))).isEmpty();
    assertThat(watch.alarms(noon.minus(DutyWatch.CALENDAR_AHEAD).plusSeconds(86_400)))
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.getAlarm()).isEqualTo(AlarmKind.CALENDAR_ENDS.name());
              assertThat(alarm.getWords())
                  .contains("ends on " + last, "adds " + (last.getYear() + 1), "holidays.yaml");
            });
  }

  @Test
  void banksAreThoseOfTheInstitutionsFileAndAnotherFileMayNotSayOtherwise() throws IOException {
    BankDirectory derived = BankDirectory.ofInstitutions(write(WHOLE));
    assertThat(derived.of("B02").dutyPhone()).isEqualTo("0000-2000");
    assertThatThrownBy(() -> banks.agreeingWith(derived))
        .hasMessageContaining("setting bank.directory has", "B01")
        .hasMessageContaining("leave bank.directory empty");
    assertThat(derived.agreeingWith(derived)).isSameAs(derived);
  }

  @Test
  void theDeskDoesNotStartOnABrokenFile() throws IOException {
    Path file = write(WHOLE.replace("version: 1", "version: none"));
    assertThatThrownBy(() -> DutyWatch.of(file, banks))
        .hasMessageContaining("institutions.directory")
        .hasMessageContaining("version is none");
    assertThatThrownBy(() -> DutyWatch.of(folder.resolve("gone.yaml"), banks))
        .hasMessageContaining("cannot be read");
  }

  /** Each version has a time of its own, whatever the file system's grain. */
  private Path write(String text) throws IOException {
    Path file = folder.resolve("institutions.yaml");
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(changes++)));
    return file;
  }
}
