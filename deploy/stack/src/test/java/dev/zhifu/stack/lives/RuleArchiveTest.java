package dev.zhifu.stack.lives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.stack.StackException;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RuleArchiveTest {
  @Test
  void aRecordThatCannotBeReadIsNamedAndTheOthersAreThere() {
    RuleArchive archive =
        RuleArchive.of(
            List.of(
                published(0, "1"), published(1, "rubbish"), published(2, null), published(3, "2")),
            List.of(new ConsumerRecord<>(RuleArchive.STATUS, 0, 7, null, bytes("rubbish"))),
            new Numbers());

    assertThat(archive.publications())
        .extracting(RuleRecord::position)
        .containsExactly("rules.publications:0:0", "rules.publications:0:3");
    assertThat(archive.highestVersion("T02")).isEqualTo(2);
    assertThat(archive.answers()).isEmpty();
    assertThat(archive.unreadable())
        .containsExactly(
            "record rules.publications:0:1 cannot be read; it is passed over",
            "record rules.status:0:7 cannot be read; it is passed over");
  }

  private static ConsumerRecord<byte[], byte[]> published(long offset, String text) {
    return new ConsumerRecord<>(RuleArchive.PUBLICATIONS, 0, offset, null, bytes(text));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a version's number; words are not numbers. */
  private static final class Numbers implements RuleArchive.Decoder {
    @Override
    public <T extends SpecificRecord> T decode(
        ConsumerRecord<byte[], byte[]> record, Class<T> type) {
      try {
        return type.cast(
            version(Integer.parseInt(new String(record.value(), StandardCharsets.UTF_8))));
      } catch (NumberFormatException e) {
        throw new StackException("record " + RuleArchive.position(record) + " cannot be read", e);
      }
    }

    private static RulePublication version(int number) {
      return RulePublication.newBuilder()
          .setRuleId("T02")
          .setVersion(number)
          .setStatus(PublicationStatus.DRAFT)
          .setDocument("")
          .setDocumentSha256("")
          .setEffectiveFrom(Instant.EPOCH)
          .setAuthor("author-1")
          .setApprover("approver-1")
          .setReason("test")
          .build();
    }
  }
}
