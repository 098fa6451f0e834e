package dev.zhifu.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaHygieneTest {

  private static final Pattern MONEY = Pattern.compile(".*Fen(\\d.*)?");
  private static final Pattern MONEY_WORDS = Pattern.compile("(?i).*(fen|amount|balance|money).*");
  private static final Pattern SHARE = Pattern.compile("(?i).*share.*");
  private static final Pattern TIME =
      Pattern.compile("at|from|until|\\w+(At|By|Time|From|To|After)|watermark");

  @Test
  void everyTypeAndEveryFieldIsDocumented() throws IOException {
    List<String> bare = new ArrayList<>();
    for (String name : ContractText.typeNames()) {
      if (isBlank(ContractText.schema(name).getDoc())) {
        bare.add(name);
      }
    }
    eachField(
        (path, field) -> {
          if (isBlank(field.doc())) {
            bare.add(path);
          }
        });

    assertThat(bare).as("types and fields without a doc comment").isEmpty();
  }

  @Test
  void noFieldIsAMapOrAFloat() throws IOException {
    eachField(
        (path, field) ->
            assertThat(types(field.schema()))
                .as(path)
                .doesNotContain(Schema.Type.MAP, Schema.Type.FLOAT, Schema.Type.FIXED));
  }

  @Test
  void moneyIsALongOfFen() throws IOException {
    List<String> money = new ArrayList<>();
    eachField(
        (path, field) -> {
          if (MONEY.matcher(field.name()).matches()) {
            money.add(path);
            assertThat(types(field.schema()))
                .as(path)
                .contains(Schema.Type.LONG)
                .doesNotContain(Schema.Type.INT, Schema.Type.DOUBLE);
          }
          if (types(field.schema()).contains(Schema.Type.DOUBLE)) {
            assertThat(
                    MONEY_WORDS.matcher(field.name()).matches()
                        && !SHARE.matcher(field.name()).matches())
                .as("%s is a double; money is a long of fen", path)
                .isFalse();
          }
        });

    assertThat(money).as("fields of money found").hasSizeGreaterThan(15);
  }

  @Test
  void timesAreMillisecondsAndNothingElse() throws IOException {
    List<String> times = new ArrayList<>();
    eachField(
        (path, field) -> {
          for (Schema part : parts(field.schema())) {
            if (part.getType() == Schema.Type.LONG && part.getLogicalType() != null) {
              times.add(path);
              assertThat(part.getLogicalType()).as(path).isEqualTo(LogicalTypes.timestampMillis());
            }
            if (part.getType() == Schema.Type.LONG && TIME.matcher(field.name()).matches()) {
              assertThat(part.getLogicalType())
                  .as("%s reads like a time", path)
                  .isEqualTo(LogicalTypes.timestampMillis());
            }
          }
        });

    assertThat(times).as("fields of time found").hasSizeGreaterThan(30);
  }

  @Test
  void noTypeIsDeclaredTwice() throws IOException {
    assertThat(ContractText.typeNames()).doesNotHaveDuplicates().hasSizeGreaterThan(50);
  }

  @Test
  void everyStringIsAJavaString() throws IOException {
    eachField(
        (path, field) -> {
          for (Schema part : parts(field.schema())) {
            if (part.getType() == Schema.Type.STRING) {
              assertThat(part.getProp("avro.java.string")).as(path).isEqualTo("String");
            }
          }
        });
  }

  private static void eachField(BiConsumer<String, Schema.Field> check) throws IOException {
    for (String name : ContractText.typeNames()) {
      Schema schema = ContractText.schema(name);
      if (schema.getType() == Schema.Type.RECORD) {
        schema.getFields().forEach(field -> check.accept(name + "." + field.name(), field));
      }
    }
  }

  private static List<Schema.Type> types(Schema schema) {
    return parts(schema).stream().map(Schema::getType).toList();
  }

  /** The schema itself, the branches of a union, the items of an array. */
  private static List<Schema> parts(Schema schema) {
    List<Schema> parts = new ArrayList<>();
    switch (schema.getType()) {
      case UNION -> schema.getTypes().forEach(branch -> parts.addAll(parts(branch)));
      case ARRAY -> parts.addAll(parts(schema.getElementType()));
      default -> parts.add(schema);
    }
    return parts;
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
