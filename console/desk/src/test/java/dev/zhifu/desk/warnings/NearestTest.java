package dev.zhifu.desk.warnings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.warnings.WarningDesk.Nearest;
import dev.zhifu.desk.warnings.WarningDesk.Offered;
import dev.zhifu.rules.lives.directory.Contact;
import dev.zhifu.rules.lives.directory.Contact.Level;
import dev.zhifu.rules.lives.directory.Place;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The nearest grid household is offered first, as far as directory and reports say places. */
class NearestTest {
  private static final Contact BANNER =
      contact("banner", Level.BANNER, "150602", new Place(39.8, 110.0));
  private static final Contact TOWN = contact("town", Level.TOWNSHIP, "", new Place(39.7, 109.8));
  private static final Contact UNPLACED = contact("unplaced", Level.GRID, "", null);
  private static final Contact FAR = contact("far", Level.GRID, "", new Place(39.8, 110.1));
  private static final Contact NEAR = contact("near", Level.GRID, "", new Place(39.7, 109.9));

  private DeskRig rig;
  private VictimWarning warning;
  private WarningTask task;

  @BeforeEach
  void start() {
    rig = new DeskRig("nearest");
    warning = Cast.warning(rig.tell("牧户", 3_000_000, null).opened(), WarningTier.HIGH);
    rig.caughtUp();
    run("update seen.hit set payer_region = null");
    task = WarningTask.of(warning, List.of(), Map.of());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void withoutAPlaceTheDirectorysOrderStandsAndIsSaid() {
    Nearest found = nearest(FAR, UNPLACED, NEAR);
    assertThat(found.from()).isNull();
    assertThat(ids(found)).containsExactly("far", "unplaced", "near", "town", "banner");
    assertThat(line("officer-1")).contains("不知当事人所在，按名录顺序");
  }

  @Test
  void theBannerOfThePayersBranchMeasuresAndTheTownshipAskedMeasuresBetter() {
    run("update seen.hit set payer_region = '150602'");
    Nearest banner = nearest(NEAR, UNPLACED, FAR);
    assertThat(banner.from()).isEqualTo(BANNER);
    assertThat(ids(banner)).startsWith("far", "near", "unplaced");
    assertThat(line("officer-1")).contains("按距示例旗反诈中心的直线距离");

    reported("town");
    Nearest town = nearest(FAR, UNPLACED, NEAR);
    assertThat(town.from()).isEqualTo(TOWN);
    assertThat(ids(town)).startsWith("near", "far", "unplaced");
    assertThat(town.contacts().get(0).km()).isBetween(8.0, 9.0);
    assertThat(nearest(UNPLACED).measured()).as("no household has a place").isFalse();
  }

  @Test
  void thePageOffersTheNearestHouseholdFirstWithItsKilometres() {
    reported("station-1");
    String page = line("officer-1");
    assertThat(page)
        .contains("按距示例镇派出所的直线距离，近者在前")
        .contains("示例嘎查党员中心户（牧区网格户） 8 公里")
        .contains("示例社区网格员 15 公里");
    assertThat(page.indexOf("value=\"household-1\"")).isLessThan(page.indexOf("value=\"grid-1\""));
    HttpPerson officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
    officer.post("/language", Map.of("language", "en"));
    assertThat(officer.get("/warnings/lines").body())
        .contains("nearest to 示例镇派出所 first")
        .contains("8 km");
  }

  private String line(String person) {
    return new HttpPerson(rig.url())
        .login(person, DemoPeople.PASSWORD)
        .get("/warnings/lines")
        .body();
  }

  private Nearest nearest(Contact... grid) {
    List<Contact> all = new java.util.ArrayList<>(List.of(BANNER, TOWN));
    all.addAll(List.of(grid));
    return new WarningDesk(rig.store(), null, null, all)
        .nearest(List.of(task))
        .get(warning.getWarningId());
  }

  private static List<String> ids(Nearest nearest) {
    return nearest.contacts().stream().map(Offered::contact).map(Contact::id).toList();
  }

  private static Contact contact(String id, Level level, String region, Place place) {
    return new Contact(id, level, "", id, "1", null, region, place);
  }

  private void reported(String township) {
    run(
        "insert into own.draft_report (report_id, officer_id, begun_at, body) values ('R-near',"
            + " 'officer-1', now(), jsonb_build_object('township', '"
            + township
            + "'))");
    run(
        "insert into seen.report (report_id, reported_at, holder_token, body) values ('R-near',"
            + " now(), '"
            + warning.getHolderToken()
            + "', ''::bytea)");
  }

  private void run(String sql) {
    rig.store().jdbi().useHandle(handle -> handle.execute(sql));
  }
}
