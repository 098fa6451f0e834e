package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.SheetText;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A queue longer than a page: paged to its end, narrowed by tier and bank, and taken away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueuePagesTest {
  private static final Pattern LINE = Pattern.compile("data-case-id=\"([^\"]+)\"");
  private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");
  private static final int CASES = 130;

  private final Set<String> all = new HashSet<>();
  private DeskRig rig;
  private HttpPerson officer;
  private String urgent;
  private String elsewhere;

  @BeforeAll
  void start() {
    rig = new DeskRig("queuepages");
    for (int i = 0; i < CASES; i++) {
      // Some weigh the same: the place in the queue still tells them apart.
      DeskRig.Told one = rig.tell("第" + i, 1_000_000 + 10_000L * (i / 3), null);
      all.add(one.opened().getCaseId());
      if (i == 7) {
        urgent = one.opened().getCaseId();
        VictimWarning warning = Cast.warning(one.opened(), WarningTier.URGENT);
        rig.topics().write("victim.warnings", warning.getWarningId(), warning);
      }
      if (i == 9) {
        elsewhere = one.opened().getCaseId();
        var moved = rig.passOn(one, "下家", 400_000, 60);
        var draft = Cast.request(one.opened(), moved, null, OrderState.DRAFT, 1);
        rig.topics().write("stop.requests", draft.getOrderId(), draft);
      }
    }
    rig.caughtUp();
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static List<String> lines(String page) {
    List<String> found = new ArrayList<>();
    Matcher line = LINE.matcher(page);
    while (line.find()) {
      found.add(line.group(1));
    }
    return found;
  }

  private static String next(String page) {
    Matcher next = NEXT.matcher(page);
    return next.find() ? next.group(1).replace("&amp;", "&") : "";
  }

  @Test
  void pageByPageComesEveryCaseOnceAndEachPageSaysOfHowMany() {
    List<String> found = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String address = "/queue?filter=all";
    while (!address.isEmpty()) {
      String page = officer.get(address).body();
      List<String> lines = lines(page);
      assertThat(page).contains("显示 " + lines.size() + " 件，共 " + CASES + " 件");
      assertThat(officer.get(address.replace("/queue?", "/queue/lines?")).body())
          .as("what renews itself is the same page")
          .contains("data-case-id=\"" + lines.get(0), "共 " + CASES + " 件");
      found.addAll(lines);
      sizes.add(lines.size());
      address = next(page);
    }
    assertThat(sizes).containsExactly(60, 60, 10);
    assertThat(found).hasSize(CASES).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void itIsNarrowedByTierAndBankAndSoAreTheCounts() {
    assertThat(lines(officer.get("/queue?tier=URGENT").body())).containsExactly(urgent);
    String page = officer.get("/queue?bank=B03&filter=all").body();
    assertThat(lines(page)).containsExactly(elsewhere);
    assertThat(page)
        .contains("<i id=\"count-all\">1</i>")
        .contains("href=\"/queue?bank=B03&amp;filter=sign\"")
        .contains("<option value=\"B03\" selected>")
        .doesNotContain("rel=\"next\"");
    assertThat(lines(officer.get("/queue?tier=URGENT&bank=B03").body())).isEmpty();
    assertThat(lines(officer.get("/queue?tier=x&bank='&after=1~a'").body()))
        .as("what none of them can mean counts as not said")
        .hasSize(60);
  }

  @Test
  void itsFileHoldsWhatThePageWasNarrowedToBeyondOnePage() throws IOException {
    String whole = file(Map.of("form", "xlsx", "filter", "all"));
    assertThat(all).allSatisfy(id -> assertThat(whole).contains(id));
    assertThat(whole).contains("显示 " + CASES + " 件，共 " + CASES + " 件");
    String narrowed = file(Map.of("form", "xlsx", "filter", "sign", "bank", "B03"));
    assertThat(all)
        .allSatisfy(id -> assertThat(narrowed.contains(id)).isEqualTo(id.equals(elsewhere)));
    assertThat(file(Map.of("form", "xlsx", "filter", "mine"))).contains("显示 0 件，共 0 件");
    assertThat(
            rig.store()
                .rows(
                    (row, context) -> row.getString(1),
                    "select detail from own.audit where what = 'EXPORT queue XLSX' order by"
                        + " audit_id"))
        .containsExactly(
            CASES + " rows, filter all", "1 rows, bank B03, filter sign", "0 rows, filter mine");
  }

  private String file(Map<String, String> form) throws IOException {
    return SheetText.of(officer.postForBytes("/export/queue", form).body());
  }
}
