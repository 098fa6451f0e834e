package dev.zhifu.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.wire.SchemaRegistry;
import dev.zhifu.schemas.wire.Subjects;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * On Confluent's in-memory registry; the same command runs against a real server in the stack's own
 * test.
 */
class SubjectsCommandTest {

  private final SchemaRegistry registry = SchemaRegistry.inMemory();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

  @Test
  void registeringTwiceGivesTheSameIds() {
    SortedMap<String, Integer> first = SubjectsCommand.register(registry, out);
    SortedMap<String, Integer> second = SubjectsCommand.register(registry, out);

    assertThat(first).isEqualTo(second);
    assertThat(first.keySet()).isEqualTo(Subjects.all());
    assertThat(registry.versions("bank.orders-value")).containsExactly(1);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("bank.orders-value")
        .contains("OrderEnvelope, BACKWARD_TRANSITIVE");
  }

  @Test
  void theCheckSaysWhatIsMissing() {
    assertThat(SubjectsCommand.check(registry))
        .hasSize(Subjects.all().size())
        .contains("subject clock.ticks-value is not registered; run the subjects command");

    SubjectsCommand.register(registry, out);

    assertThat(SubjectsCommand.check(registry)).isEmpty();
  }

  @Test
  void everySubjectHasABadSchemaToTry() {
    assertThat(SchemaHistory.badSchemas().keySet()).isEqualTo(Subjects.all());
  }
}
