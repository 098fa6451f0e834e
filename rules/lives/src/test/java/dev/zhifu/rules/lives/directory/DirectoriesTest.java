package dev.zhifu.rules.lives.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.wire.OrderChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {

  private static final Path DEPLOY = Path.of("..", "..", "deploy", "directories");
  private static final Path INSTITUTIONS = DEPLOY.resolve("institutions.yaml");
  private static final Path DISPATCH = DEPLOY.resolve("dispatch.yaml");

  /** 03:00 and 12:00 in Beijing. */
  private static final Instant NIGHT = Instant.parse("2026-06-01T19:00:00Z");

  private static final Instant NOON = Instant.parse("2026-06-01T04:00:00Z");

  @TempDir Path folder;

  @Test
  void theDirectoriesOfTheDemoAreWholeAndReachEverybodyAtEveryHour() {
    Directories directories = Directories.read(INSTITUTIONS, DISPATCH);

    assertThat(directories.version()).isEqualTo(1);
    assertThat(directories.gaps()).isEmpty();
    assertThat(directories.ofCard("9900021234").map(Institution::code)).contains("B02");
    assertThat(directories.ofCard("1234567890")).isEmpty();
    assertThat(directories.institutions().get("B01").channel()).isEqualTo(OrderChannel.DIRECT);
  }

  @Test
  void contactsAloneAreReadInTheirFilesOrderAndAFaultIsNamed() throws IOException {
    String text = Files.readString(DISPATCH);
    assertThat(Directories.contacts("dispatch", text))
        .extracting(Contact::id)
        .startsWith("city", "banner-1");
    assertThatThrownBy(
            () -> Directories.contacts("dispatch", text.replace("parent: city", "parent: nobody")))
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void atNightTheStandbyAndTheNextAboveAnswer() {
    Directories directories = Directories.read(INSTITUTIONS, DISPATCH);

    Institution paper = directories.institutions().get("P01");
    assertThat(paper.phoneAt(NOON)).isEqualTo("0000-10000003");
    assertThat(paper.phoneAt(NIGHT)).isEqualTo("0000-10000004");
    assertThat(directories.answering("grid-1", NOON).map(Contact::id)).contains("grid-1");
    assertThat(directories.answering("grid-1", NIGHT).map(Contact::id)).contains("town-1");
  }

  @Test
  void anEntryWithoutAReachableDutyDeskIsAnAlarmBeforeItIsNeeded() throws IOException {
    Path institutions = changed(INSTITUTIONS, "    standby: {phone: \"0000-10000004\"}\n", "");
    Path dispatch = changed(DISPATCH, "00:00-24:00", "08:00-20:00");

    assertThat(Directories.read(institutions, dispatch).gaps())
        .anyMatch(gap -> gap.contains("institution P01") && gap.contains("standby"))
        .anyMatch(gap -> gap.contains("contact city"))
        .hasSize(6);

    Path none =
        changed(
            INSTITUTIONS, "    dutyDesk: {phone: \"0000-10000001\", hours: \"00:00-24:00\"}\n", "");
    assertThat(Directories.read(none, DISPATCH).gaps())
        .singleElement()
        .asString()
        .contains("institution B01", "no duty desk");
  }

  @Test
  void theComingHoursSayFromWhenNobodyAnswers() {
    Duration shift = Duration.ofHours(12);
    Institution always = bank("00:00-24:00", "");
    assertThat(always.silentFrom(NOON, shift)).isEmpty();
    // 20:00 in Beijing is 12:00 UTC; at noon there the desk still answers for 8 hours.
    assertThat(bank("08:00-20:00", "").silentFrom(NOON, shift))
        .contains(Instant.parse("2026-06-01T12:00:00Z"));
    assertThat(bank("08:00-20:00", "").silentFrom(NOON, Duration.ofHours(8))).isEmpty();
    assertThat(bank("08:00-20:00", "").silentFrom(NIGHT, shift)).contains(NIGHT);
    assertThat(bank("08:00-20:00", "0000-1").silentFrom(NIGHT, shift)).isEmpty();
    assertThat(bank("20:00-06:00", "").silentFrom(NIGHT, Duration.ofHours(3))).isEmpty();
    assertThat(bank(null, "").silentFrom(NOON, shift)).contains(NOON);
  }

  private static Institution bank(String hours, String standby) {
    return new Institution(
        "B09",
        "九",
        "九总行",
        List.of(),
        OrderChannel.PAPER,
        "",
        "",
        hours == null ? "" : "0000-9",
        DutyHours.parse(hours),
        standby);
  }

  @Test
  void problemsOfBothFilesAreToldTogether() throws IOException {
    assertThat(Directories.problems(INSTITUTIONS, DISPATCH)).isEmpty();
    Path institutions = changed(INSTITUTIONS, "channel: PAPER", "channel: POST");
    Path dispatch = changed(DISPATCH, "00:00-24:00", "08:00-20:00");
    assertThat(Directories.problems(institutions, dispatch))
        .anyMatch(line -> line.startsWith(institutions + ": institution P01: channel is 'POST'"))
        .anyMatch(line -> line.startsWith(dispatch + ": contact city") && line.contains("give"));
  }

  @Test
  void everyFaultOfAFileIsNamedAtOnce() throws IOException {
    Path institutions = folder.resolve("bad.yaml");
    Files.writeString(
        institutions,
        """
        version: 0
        kind: institutions
        institutions:
          - {code: b1, name: one, headOffice: h, cardPrefixes: ["12", "x"], channel: DIRECT}
          - {code: B2, name: "", headOffice: h, cardPrefixes: ["12"], channel: POST,
             dutyDesk: {phone: "call me", hours: "8-20"}}
        """);

    assertThatThrownBy(() -> Directories.read(institutions, DISPATCH))
        .isInstanceOf(DirectoryException.class)
        .hasMessageContainingAll(
            "bad.yaml",
            "version is 0",
            "a code is 1 to 16 capital letters",
            "DIRECT without a recorded agreement",
            "DIRECT without a key",
            "card prefix 'x'",
            "card prefix 12 belongs to another",
            "B2 has no name",
            "channel is 'POST'",
            "phone 'call me'",
            "hours '8-20'");
  }

  @Test
  void aParentStandsHigherAndIsThere() throws IOException {
    assertThatThrownBy(
            () ->
                Directories.read(
                    INSTITUTIONS, changed(DISPATCH, "parent: town-1", "parent: grid-1")))
        .hasMessageContaining("a parent stands higher");
    assertThatThrownBy(
            () ->
                Directories.read(INSTITUTIONS, changed(DISPATCH, "parent: town-1", "parent: gone")))
        .hasMessageContaining("'gone', who is not there");
  }

  @Test
  void aPlaceIsDegreesAndDistancesAreKilometres() throws IOException {
    Directories placed =
        Directories.read(
            INSTITUTIONS,
            changed(
                DISPATCH,
                "level: GRID, parent: town-1,",
                "level: GRID, parent: town-1, place: [39.608, 109.781],"));
    Place grid = placed.contacts().get("grid-1").place();
    assertThat(grid).isEqualTo(new Place(39.608, 109.781));
    assertThat(grid.kmTo(new Place(39.608, 109.781))).isZero();
    // A degree of latitude is 111.2 km on a sphere of 6,371 km.
    assertThat(grid.kmTo(new Place(40.608, 109.781)))
        .isCloseTo(111.19, org.assertj.core.data.Offset.offset(0.05));
    assertThat(placed.contacts().get("town-1").place()).isNull();
    for (String wrong : new String[] {"[139.6, 109.7]", "[39.6]", "near the well"}) {
      assertThatThrownBy(
              () ->
                  Directories.read(
                      INSTITUTIONS,
                      changed(DISPATCH, "level: GRID,", "level: GRID, place: " + wrong + ",")))
          .hasMessageContaining("contact grid-1: place")
          .hasMessageContaining("[latitude, longitude]");
    }
  }

  private Path changed(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Path copy = folder.resolve(file.getFileName());
    Files.writeString(copy, text.replace(from, to));
    return copy;
  }
}
