package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What each filter of the queue shows, and how a case moves when it is taken and taken over. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QueueFiltersTest {
  private static final Pattern LINE = Pattern.compile("data-case-id=\"([^\"]+)\"");
  private static final List<String> FILTERS =
      List.of("all", "sign", "failed", "force", "free", "mine");

  private final Map<String, HttpPerson> people = new HashMap<>();
  private final Map<String, String> cases = new HashMap<>();
  private DeskRig rig;

  @BeforeAll
  void start() {
    rig = new DeskRig("queuefilters");
    tell("to sign");
    ended("in force", OrderState.ACTIVE);
    ended("empty but in force", OrderState.ACTIVE_ZERO);
    ended("misnamed", OrderState.MISMATCH);
    ended("no answer", OrderState.TIMEOUT);
    ended("waits for its bank", OrderState.SENT);
    FraudCase closed = ended("dismissed", OrderState.REJECTED).opened();
    rig.topics()
        .write(
            "risk.cases",
            closed.getCaseId(),
            FraudCase.newBuilder(closed)
                .setSequence(2)
                .setState(CaseState.CLOSED)
                .setChange(CaseChangeKind.STATE)
                .build());
    rig.caughtUp();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private DeskRig.Told tell(String name) {
    DeskRig.Told one = rig.tell(name, 3_000_000 + 100_000L * cases.size(), "R-" + cases.size());
    cases.put(one.opened().getCaseId(), name);
    return one;
  }

  private DeskRig.Told ended(String name, OrderState end) {
    DeskRig.Told one = tell(name);
    StopPaymentRequest last = one.draft();
    if (end != OrderState.REJECTED) {
      last = Cast.next(last, OrderState.SENT, "sent", Cast.T0);
      rig.topics().write("stop.requests", last.getOrderId(), last);
    }
    if (end != last.getState()) {
      last = Cast.next(last, end, "receipt", Cast.T0);
      rig.topics().write("stop.requests", last.getOrderId(), last);
    }
    return one;
  }

  private HttpPerson as(String id) {
    return people.computeIfAbsent(
        id, unseen -> new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD));
  }

  /** The cases that a filter shows a person, in the words of this test. */
  private Set<String> shown(String person, String filter) {
    String lines = as(person).get("/queue/lines?filter=" + filter).body();
    Set<String> found = new HashSet<>();
    Matcher line = LINE.matcher(lines);
    while (line.find()) {
      assertThat(found.add(cases.get(line.group(1)))).as("once").isTrue();
    }
    return found;
  }

  /** The page with its counts says the same as the lines alone. */
  private void consistent(String person) {
    String page = as(person).get("/queue").body();
    for (String filter : FILTERS) {
      Matcher count =
          Pattern.compile("filter=" + filter + "\"[^>]*>[^<]*<i[^>]*>([0-9]+)</i>").matcher(page);
      assertThat(count.find()).as("the tab of %s", filter).isTrue();
      assertThat(Integer.parseInt(count.group(1)))
          .as("%s of %s", filter, person)
          .isEqualTo(shown(person, filter).size());
    }
  }

  private String caseOf(String name) {
    return cases.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private String lineOf(String person, String name) {
    String lines = as(person).get("/queue/lines?filter=all").body();
    int from = lines.indexOf("data-case-id=\"" + caseOf(name) + "\"");
    return lines.substring(from, lines.indexOf("</tr>", from));
  }

  private void takes(String person, String name) {
    assertThat(as(person).post("/case/" + caseOf(name) + "/assign", Map.of()).statusCode())
        .isEqualTo(302);
  }

  @Test
  @Order(1)
  void eachFilterShowsItsCasesAndNoOthers() {
    Set<String> open =
        Set.of(
            "to sign",
            "in force",
            "empty but in force",
            "misnamed",
            "no answer",
            "waits for its bank");
    assertThat(shown("officer-1", "all")).isEqualTo(open);
    assertThat(shown("officer-1", "sign")).containsExactly("to sign");
    assertThat(shown("officer-1", "failed")).containsExactlyInAnyOrder("misnamed", "no answer");
    assertThat(shown("officer-1", "force"))
        .containsExactlyInAnyOrder("in force", "empty but in force");
    assertThat(shown("officer-1", "free")).isEqualTo(open);
    assertThat(shown("officer-1", "mine")).isEmpty();
    assertThat(shown("officer-1", "another")).as("any other word is all").isEqualTo(open);
    consistent("officer-1");
  }

  @Test
  @Order(2)
  void aCaseThatIsTakenLeavesTheFreeAndIsItsOfficersAlone() {
    takes("officer-1", "to sign");
    takes("officer-2", "in force");
    assertThat(shown("officer-1", "mine")).containsExactly("to sign");
    assertThat(shown("officer-2", "mine")).containsExactly("in force");
    assertThat(shown("officer-3", "mine")).isEmpty();
    assertThat(shown("officer-3", "free"))
        .containsExactlyInAnyOrder(
            "empty but in force", "misnamed", "no answer", "waits for its bank");
    assertThat(lineOf("officer-3", "to sign")).contains("李晓东");
    Stream.of("officer-1", "officer-2", "officer-3").forEach(this::consistent);
  }

  @Test
  @Order(3)
  void theNextShiftSeesWhoHadItAndTakesItOver() {
    as("officer-1").post("/shift", Map.of("to", "officer-3", "note", "待签一件，请接办"));
    String id = rig.one("select handover_id from own.handover", String.class);
    assertThat(as("officer-3").get("/shift").body()).contains("待签一件，请接办");
    assertThat(as("officer-3").post("/shift/" + id + "/take", Map.of()).statusCode())
        .isEqualTo(200);
    assertThat(lineOf("officer-3", "to sign")).as("whom to ask").contains("李晓东");
    takes("officer-3", "to sign");
    assertThat(shown("officer-3", "mine")).containsExactly("to sign");
    assertThat(shown("officer-1", "mine")).isEmpty();
    assertThat(lineOf("officer-1", "to sign")).contains("赵敏").doesNotContain("李晓东");
    assertThat(as("officer-1").get("/case/" + caseOf("to sign")).body()).contains("赵敏");
    Set<String> whoTook =
        rig
            .store()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select person_id from own.audit where what = 'ASSIGN' and object_id ="
                                + " ?")
                        .bind(0, caseOf("to sign"))
                        .mapTo(String.class)
                        .list())
            .stream()
            .collect(Collectors.toSet());
    assertThat(whoTook).as("on record").containsExactlyInAnyOrder("officer-1", "officer-3");
  }
}
