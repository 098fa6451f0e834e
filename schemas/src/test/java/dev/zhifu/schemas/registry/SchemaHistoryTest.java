package dev.zhifu.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.wire.Subjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaHistoryTest {

  @Test
  void writesTheHistoryWhenAskedTo() throws IOException {
    List<Path> written =
        Boolean.getBoolean("history.write")
            ? SchemaHistoryTool.write(Path.of("history"))
            : List.of();

    written.forEach(file -> System.out.println("written: schemas/" + file));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void theCurrentSchemaReadsEveryCommittedVersion(String subject) {
    List<Schema> versions = SchemaHistory.versions(subject);

    assertThat(SchemaHistory.incompatibilities(Subjects.schemaOf(subject), versions))
        .as("%s must stay BACKWARD_TRANSITIVE: new fields need a default", subject)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void theNewestCommittedVersionIsTheCurrentOne(String subject) {
    List<Schema> versions = SchemaHistory.versions(subject);

    assertThat(versions)
        .as("no version of %s; add it by: %s", subject, SchemaHistoryTool.COMMAND)
        .isNotEmpty();
    assertThat(versions.get(versions.size() - 1))
        .as(
            "%s changed since v%d; add v%d by: %s",
            subject, versions.size(), versions.size() + 1, SchemaHistoryTool.COMMAND)
        .isEqualTo(Subjects.schemaOf(subject));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void theBadSchemaIsRefused(String subject) {
    Schema bad = new Schema.Parser().parse(SchemaHistory.badSchemas().get(subject));

    List<String> faults = SchemaHistory.incompatibilities(bad, SchemaHistory.versions(subject));

    assertThat(bad.getDoc()).startsWith("BAD ON PURPOSE: ");
    assertThat(faults).as("%s: %s", subject, bad.getDoc()).isNotEmpty();
  }

  @Test
  void theBadSchemasBreakInManyWays() {
    Set<String> kinds = new TreeSet<>();
    SchemaHistory.badSchemas()
        .forEach(
            (subject, json) ->
                SchemaHistory.incompatibilities(
                        new Schema.Parser().parse(json), SchemaHistory.versions(subject))
                    .forEach(
                        fault -> kinds.add(fault.replaceFirst("v[0-9]+: ", "").split(" ")[0])));

    assertThat(kinds)
        .contains(
            "READER_FIELD_MISSING_DEFAULT_VALUE",
            "TYPE_MISMATCH",
            "MISSING_ENUM_SYMBOLS",
            "MISSING_UNION_BRANCH",
            "NAME_MISMATCH");
  }

  static Set<String> subjects() {
    return Subjects.all();
  }
}
