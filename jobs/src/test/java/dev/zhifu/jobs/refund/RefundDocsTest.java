package dev.zhifu.jobs.refund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.AccountBooks;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundFinding;
import dev.zhifu.wire.RefundNotice;
import dev.zhifu.wire.RefundPayment;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.wire.VictimPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * The fields in docs/refunds.md are those of the messages; {@code -Ddocs.write=true} writes them.
 */
class RefundDocsTest {
  private static final Path PAGE = Path.of("..", "docs", "refunds.md");
  private static final String HEAD = "## Fields\n";

  @Test
  void thePageNamesEveryField() throws IOException {
    String page = Files.readString(PAGE);
    int at = page.indexOf(HEAD);
    String whole = (at < 0 ? page : page.substring(0, at)) + fields();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, whole);
    }
    assertThat(Files.readString(PAGE))
        .as("renew it with mvn -pl jobs -am package -Dtest=RefundDocsTest -Ddocs.write=true")
        .isEqualTo(whole);
  }

  private static String fields() {
    StringBuilder out = new StringBuilder(HEAD);
    for (Schema schema :
        List.of(
            RefundDetail.getClassSchema(),
            RefundShare.getClassSchema(),
            RefundPlan.getClassSchema(),
            RefundVictim.getClassSchema(),
            AccountExamined.getClassSchema(),
            RefundFinding.getClassSchema(),
            RefundNotice.getClassSchema(),
            RefundPayment.getClassSchema(),
            AccountBooks.getClassSchema(),
            VictimFile.getClassSchema(),
            VictimPart.getClassSchema())) {
      out.append("\n### ").append(schema.getName()).append('\n');
      out.append(schema.getDoc()).append("\n\n| field | type | meaning |\n|---|---|---|\n");
      for (Schema.Field field : schema.getFields()) {
        out.append("| `")
            .append(field.name())
            .append("` | ")
            .append(words(field.schema()))
            .append(" | ")
            .append(field.doc())
            .append(" |\n");
      }
    }
    return out.toString();
  }

  private static String words(Schema schema) {
    return switch (schema.getType()) {
      case ARRAY -> "list of " + words(schema.getElementType());
      case UNION ->
          schema.getTypes().stream().map(RefundDocsTest::words).collect(Collectors.joining(" or "));
      case ENUM -> String.join(", ", schema.getEnumSymbols());
      case RECORD -> schema.getName();
      default ->
          schema.getLogicalType() == null
              ? schema.getType().getName()
              : schema.getLogicalType().getName();
    };
  }
}
