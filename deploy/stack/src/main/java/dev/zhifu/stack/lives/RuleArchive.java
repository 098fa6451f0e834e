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
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Everything published and everything answered, as the two topics hold it.
 *
 * @param publications in the order of the topic
 * @param answers in the order of the topic
 * @param unreadable records that were passed over, one sentence each that names the record
 */
public record RuleArchive(
    List<RuleRecord> publications, List<Answer> answers, List<String> unreadable) {
  /** What is published. */
  public static final String PUBLICATIONS = "rules.publications";

  /** What is answered. */
  public static final String STATUS = "rules.status";

  /** Copies the lists. */
  public RuleArchive {
    publications = List.copyOf(publications);
    answers = List.copyOf(answers);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Reads both topics to their present ends. What cannot be read stands for nothing and is named in
   * {@link #unreadable}: it must not keep a person from publishing or withdrawing other rules.
   */
  public static RuleArchive read(TopicReader reader) {
    List<ConsumerRecord<byte[], byte[]>> published = new ArrayList<>();
    reader.scan(List.of(PUBLICATIONS), published::add);
    List<ConsumerRecord<byte[], byte[]>> answered = new ArrayList<>();
    reader.scan(List.of(STATUS), answered::add);
    return of(published, answered, reader::decode);
  }

  /** The same, of records at hand. */
  static RuleArchive of(
      List<ConsumerRecord<byte[], byte[]>> published,
      List<ConsumerRecord<byte[], byte[]>> answered,
      Decoder decoder) {
    List<String> unreadable = new ArrayList<>();
    List<RuleRecord> publications = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : published) {
      decode(record, RulePublication.class, decoder, unreadable)
          .ifPresent(one -> publications.add(new RuleRecord(one, position(record), at(record))));
    }
    List<Answer> answers = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : answered) {
      decode(record, RuleStatus.class, decoder, unreadable)
          .ifPresent(one -> answers.add(new Answer(one, at(record))));
    }
    return new RuleArchive(publications, answers, unreadable);
  }

  private static <T extends SpecificRecord> Optional<T> decode(
      ConsumerRecord<byte[], byte[]> record,
      Class<T> type,
      Decoder decoder,
      List<String> unreadable) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoder.decode(record, type));
    } catch (StackException e) {
      unreadable.add(e.getMessage() + "; it is passed over");
      return Optional.empty();
    }
  }

  /** Reads a record's value. */
  @FunctionalInterface
  interface Decoder {
    /**
     * The record's value.
     *
     * @throws StackException that names the record when it is not of {@code type}
     */
    <T extends SpecificRecord> T decode(ConsumerRecord<byte[], byte[]> record, Class<T> type);
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
