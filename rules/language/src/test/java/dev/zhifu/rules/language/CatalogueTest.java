package dev.zhifu.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules that ship parse, check and compile, and are what the documents say. */
class CatalogueTest {
  private static final Path CATALOGUE = Path.of("..", "catalogue");
  private static final Path SIGNALS = Path.of("..", "..", "docs", "signals.md");

  private static RuleSet set;

  @BeforeAll
  static void load() throws IOException {
    set = RuleSet.ofDirectory(CATALOGUE);
  }

  private static RuleResult result(String id) {
    return set.results().stream()
        .filter(result -> result.rule().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void catalogue_has_no_fault_and_no_warning() {
    assertThat(set.problems()).isEmpty();
    assertThat(set.warnings()).isEmpty();
    assertThat(set.liveRules())
        .extracting(Rule::id)
        .containsExactly(
            "M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11", "M12",
            "M13", "M14", "M15", "T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09",
            "V01", "V02", "V03", "V04", "V05", "V06", "V07", "V08", "V09", "V10", "V11", "V12",
            "V13", "V14", "V15");
  }

  @Test
  void absence_and_first_fit_make_a_rule_not_monotone() {
    Map<String, Boolean> monotone =
        set.rules().stream().collect(Collectors.toMap(Rule::id, Rule::monotone));

    assertThat(monotone)
        .containsEntry("T02", false)
        .containsEntry("V03", false)
        .containsEntry("M01", true)
        .containsEntry("M03", true);
  }

  @Test
  void every_rule_stays_within_its_partial_matches() {
    assertThat(set.rules())
        .allSatisfy(
            rule ->
                assertThat(rule.worstPartials()).as(rule.id()).isBetween(0, WorstPartials.LIMIT));
  }

  @Test
  void weights_follow_the_strength() {
    Map<String, Double> weights =
        set.rules().stream().collect(Collectors.toMap(Rule::id, Rule::weight));

    assertThat(weights)
        .containsEntry("T02", 0.7)
        .containsEntry("M01", 0.5)
        .containsEntry("M13", 0.25);
  }

  @Test
  void actions_without_output_are_named_as_proposals() {
    RuleResult result = result("V03");

    assertThat(result.rule().actions())
        .extracting(Enum::name)
        .containsExactly("A2", "A3", "A5", "A4");
    assertThat(result.sheet().proposals()).extracting(Enum::name).containsExactly("A4");
  }

  @Test
  void explanation_names_what_a_reader_needs() {
    String text = RuleExplainer.explain(result("T02"));

    assertThat(text)
        .contains("T02 version 2 (live): 通话中转账 / Transfer while a stranger is on the phone")
        .contains("1. call: starts with call.start")
        .contains("2. hangup: and until then no call.end")
        .contains("3. payment: then any transfer.out")
        .contains("(the first of awaiting and completed)")
        .contains("all within 4h of the first event")
        .contains("params.leastAmount = 5000 yuan (engineering default)")
        .contains("Monotone: no")
        .contains("Features: callActive, ownTransfer, payeeAccountAgeDays, payeeFirstSeen")
        .contains("call: telecom.events CALL_START (carrier;");
  }

  @Test
  void signals_page_is_current() throws IOException {
    String page = SignalsTable.markdown(set.results());
    Path generated = Path.of("target", "signals.md");
    Files.createDirectories(generated.getParent());
    Files.writeString(generated, page);

    assertThat(SIGNALS)
        .as("copy rules/language/target/signals.md to docs/signals.md")
        .hasContent(page);
  }
}
