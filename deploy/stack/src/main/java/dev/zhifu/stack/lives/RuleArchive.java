package dev.zhifu.stack.lives;

import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Everything published and everything answered, as the two topics hold it.
 *
 * @param publications in the order of the topic
 * @param answers in the order of the topic
 */
public record RuleArchive(List<RuleRecord> publications, List<Answer> answers) {
  /** What is published. */
  public static final String PUBLICATIONS = "rules.publications";

  /** What is answered. */
  public static final String STATUS = "rules.status";

  /** Copies the lists. */
  public RuleArchive {
    publications = List.copyOf(publications);
    answers = List.copyOf(answers);
  }

  /** Reads both topics to their present ends. */
  public static RuleArchive read(TopicReader reader) {
    List<RuleRecord> publications = new ArrayList<>();
    reader.scan(
        List.of(PUBLICATIONS),
        record -> {
          if (record.value() != null) {
            publications.add(
                new RuleRecord(
                    reader.decode(record, RulePublication.class), position(record), at(record)));
          }
        });
    List<Answer> answers = new ArrayList<>();
    reader.scan(
        List.of(STATUS),
        record -> {
          if (record.value() != null) {
            answers.add(new Answer(reader.decode(record, RuleStatus.class), at(record)));
          }
        });
    return new RuleArchive(publications, answers);
  }

  static String position(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + ":" + record.partition() + ":" + record.offset();
  }

  static Instant at(ConsumerRecord<byte[], byte[]> record) {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** What has become of a publication. */
  public Standing standing(RuleRecord record) {
    return Standing.of(record.position(), answers);
  }

  /** Publications of one rule, by version, then effectiveFrom. */
  public List<RuleRecord> of(String ruleId) {
    return publications.stream()
        .filter(record -> record.publication().getRuleId().equals(ruleId))
        .sorted(
            Comparator.comparingInt((RuleRecord record) -> record.publication().getVersion())
                .thenComparing(record -> record.publication().getEffectiveFrom()))
        .toList();
  }

  /** Ids of rules ever published, sorted. */
  public List<String> ruleIds() {
    return publications.stream()
        .map(record -> record.publication().getRuleId())
        .distinct()
        .sorted()
        .toList();
  }

  /** Highest version number used of a rule, refused ones included; 0 when there is none. */
  public int highestVersion(String ruleId) {
    return of(ruleId).stream()
        .mapToInt(record -> record.publication().getVersion())
        .max()
        .orElse(0);
  }

  /** The newest publication that stands: neither a draft nor refused nor annulled. */
  public Optional<RuleRecord> newest(String ruleId) {
    return of(ruleId).stream()
        .filter(record -> record.publication().getStatus() != PublicationStatus.DRAFT)
        .filter(record -> !standing(record).failed())
        .max(Comparator.comparing(record -> record.publication().getEffectiveFrom()));
  }

  /**
   * The text of an earlier version.
   *
   * @throws StackException when that version was never published
   */
  public RulePublication version(String ruleId, int version) {
    return of(ruleId).stream()
        .map(RuleRecord::publication)
        .filter(publication -> publication.getVersion() == version)
        .findFirst()
        .orElseThrow(
            () ->
                new StackException(
                    "version "
                        + version
                        + " of "
                        + ruleId
                        + " was never published; see zhifu rules history "
                        + ruleId));
  }
}
