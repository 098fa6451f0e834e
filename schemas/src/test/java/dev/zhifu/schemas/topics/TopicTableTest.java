package dev.zhifu.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.schemas.ContractText;
import dev.zhifu.schemas.topics.Grant.Operation;
import dev.zhifu.schemas.topics.Grant.Resource;
import dev.zhifu.schemas.wire.Subjects;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.OrderEnvelope;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class TopicTableTest {

  private static final List<String> BANKS = List.of("B01", "B02");

  /**
   * Types that no topic carries as such: the payload of an envelope, and what signing keys are
   * sorted by.
   */
  private static final Set<String> OFF_TOPICS =
      Set.of("StopPaymentOrder", "OfficerAuthorisation", "StandingReference", "Environment");

  @Test
  void aTopicHasItsSubjectAndItsRecordClass() {
    assertThat(Subjects.ofTopic("bank.transactions")).isEqualTo("bank.transactions-value");
    assertThat(Subjects.typeOfTopic("bank.transactions")).isEqualTo(BankTransaction.class);
  }

  @Test
  void allBanksShareOneSubjectPerKind() {
    assertThat(Subjects.ofTopic("bank.B01.orders"))
        .isEqualTo(Subjects.ofTopic("bank.B02.orders"))
        .isEqualTo("bank.orders-value");
    assertThat(Subjects.typeOfTopic("bank.B02.orders")).isEqualTo(OrderEnvelope.class);
  }

  @Test
  void aNameThatOnlyLooksLikeABanksTopicIsUnknown() {
    for (String name :
        List.of(
            "bank..orders",
            "bank.b01.orders",
            "bank.B01.B02.orders",
            "bank.B01.secrets",
            "B01.orders")) {
      assertThat(TopicTable.standard().find(name)).as(name).isEmpty();
    }
  }

  @Test
  void everyDeclaredTypeHasAPlace() throws IOException {
    Set<String> placed = new TreeSet<>(OFF_TOPICS);
    Subjects.all().forEach(subject -> reach(Subjects.schemaOf(subject), placed));

    assertThat(ContractText.typeNames())
        .as("types that no topic carries")
        .allMatch(placed::contains);
  }

  @Test
  void aBankReachesItsOwnTopicsAlone() {
    List<Grant> grants = TopicTable.standard().aclsFor("bank-B01", BANKS);

    assertThat(grants)
        .containsExactlyInAnyOrder(
            topic("bank-B01", "bank.B01.decisions", Operation.READ),
            topic("bank-B01", "bank.B01.holds", Operation.READ),
            topic("bank-B01", "bank.B01.orders", Operation.READ),
            topic("bank-B01", "bank.B01.inbound", Operation.WRITE),
            new Grant("bank-B01", Resource.GROUP, "bank-B01-", true, Operation.READ),
            new Grant("bank-B01", Resource.TRANSACTIONAL_ID, "bank-B01-", true, Operation.WRITE));
  }

  @Test
  void onlyTheEngineWritesOrders() {
    for (String principal : TopicTable.standard().principalsFor(BANKS)) {
      boolean writes =
          TopicTable.standard().aclsFor(principal, BANKS).stream()
              .anyMatch(
                  grant ->
                      grant.name().endsWith(".orders") && grant.operation() == Operation.WRITE);

      assertThat(writes).as(principal).isEqualTo(principal.equals("engine"));
    }
  }

  @Test
  void auditorAndRulesWriteNothingOfTheStream() {
    assertThat(TopicTable.standard().aclsFor("auditor", BANKS))
        .noneMatch(
            grant -> grant.resource() == Resource.TOPIC && grant.operation() == Operation.WRITE);
    assertThat(TopicTable.standard().aclsFor("rules-cli", BANKS))
        .filteredOn(
            grant -> grant.resource() == Resource.TOPIC && grant.operation() == Operation.WRITE)
        .extracting(Grant::name)
        .containsExactlyInAnyOrder("rules.publications", "action.controls");
  }

  @Test
  void topicsAreNamedPerBankWithTheirSettings() {
    List<TopicSpec> specs = TopicTable.standard().topicsFor(BANKS);

    assertThat(specs)
        .extracting(TopicSpec::name)
        .doesNotHaveDuplicates()
        .contains("bank.B01.holds", "bank.B02.holds");
    assertThat(specs)
        .allMatch(spec -> "LogAppendTime".equals(spec.config().get("message.timestamp.type")));
    TopicSpec orders =
        specs.stream()
            .filter(spec -> spec.name().equals("bank.B01.orders"))
            .findFirst()
            .orElseThrow();
    assertThat(orders.config())
        .containsEntry("retention.ms", "-1")
        .containsEntry("cleanup.policy", "delete");
  }

  @Test
  void whatIsTheRecordIsKeptForEver() {
    for (String name :
        List.of(
            "bank.B01.orders", "bank.B01.inbound", "stop.requests", "risk.cases", "officer.acts")) {
      assertThat(TopicTable.standard().require(name).retention()).as(name).isEmpty();
    }
    assertThat(TopicTable.standard().require("risk.enriched").retention())
        .contains(Duration.ofDays(7));
  }

  @Test
  void aMalformedBankCodeNamesNoTopic() {
    assertThatThrownBy(() -> TopicTable.standard().topicsFor(List.of("B0.1")))
        .hasMessageContaining("'B0.1'")
        .hasMessageContaining("A-Z and 0-9");
  }

  @Test
  void allFaultsOfAFileAreReportedAtOnceWithTheirLines() {
    String text =
        """
        principals:
          - name: engine
            what: The job.
          - name: bank-{bank}
            what: A bank.
        topics:
          - name: Bank.Orders
            carries: Nothing
            key: k
            partitions: 0
            cleanup: sometimes
            retention: 7 days
            ground: g
            writers: [engine]
            readers: [nobody]
          - name: clock.ticks
            carries: ClockTick
            partitions: 1
            cleanup: compact
            retention: 7d
            ground: g
            colour: red
            writers: ["bank-{bank}"]
            readers: [engine, engine]
        """;

    assertThatThrownBy(() -> TopicTable.parse("t.yaml", text))
        .isInstanceOfSatisfying(
            TopicTableException.class,
            broken ->
                assertThat(broken.faults())
                    .extracting(fault -> fault.line() + " " + fault.message().split("[ ,;]")[0])
                    .containsExactly(
                        "7 name",
                        "8 carries",
                        "10 partitions",
                        "11 cleanup",
                        "12 retention",
                        "15 readers",
                        "16 field",
                        "20 retention",
                        "22 field",
                        "23 writers",
                        "24 readers"))
        .hasMessageContaining("t.yaml:10: partitions is '0'; it must be a number from 1 to 64");
  }

  @Test
  void aFileThatIsNotYamlNamesTheLine() {
    assertThatThrownBy(() -> TopicTable.parse("t.yaml", "topics:\n  - [unclosed\n"))
        .isInstanceOf(TopicTableException.class)
        .hasMessageContaining("t.yaml:3: not YAML");
  }

  private static Grant topic(String principal, String name, Operation operation) {
    return new Grant(principal, Resource.TOPIC, name, false, operation);
  }

  private static void reach(Schema schema, Set<String> seen) {
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.add(schema.getName())) {
          schema.getFields().forEach(field -> reach(field.schema(), seen));
        }
      }
      case ENUM -> seen.add(schema.getName());
      case UNION -> new HashSet<>(schema.getTypes()).forEach(branch -> reach(branch, seen));
      case ARRAY -> reach(schema.getElementType(), seen);
      default -> {}
    }
  }
}
