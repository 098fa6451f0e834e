package dev.zhifu.stack.lives;

import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.PublicationKeys;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.broker.TopicWriter;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.ShadowStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Signs publications, writes them and waits for the engine's answers. Not for several threads. */
public final class RuleDesk implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final TopicReader reader;
  private final TopicReader answers;
  private final TopicWriter writer;
  private final Consumer<String> warnings;

  /** A desk that works as the principal of {@code access} and warns nobody. */
  public RuleDesk(BrokerAccess access, RegistrySettings registry) {
    this(access, registry, warning -> {});
  }

  /**
   * A desk that works as the principal of {@code access}.
   *
   * @param warnings takes a sentence for each record that cannot be read
   */
  public RuleDesk(BrokerAccess access, RegistrySettings registry, Consumer<String> warnings) {
    this.warnings = warnings;
    this.reader = new TopicReader(access, registry);
    this.answers = new TopicReader(access, registry);
    this.writer = new TopicWriter(access, registry);
  }

  /** Everything published and answered so far. */
  public RuleArchive archive() {
    RuleArchive archive = RuleArchive.read(reader);
    archive.unreadable().forEach(warnings);
    return archive;
  }

  /** Newest figures of rules in shadow, by rule id, a colon and the version. */
  public Map<String, ShadowStatistics> shadows() {
    Map<String, ShadowStatistics> newest = new LinkedHashMap<>();
    reader
        .readAll(List.of("rules.shadow"), ShadowStatistics.class)
        .forEach(one -> newest.put(one.getRuleId() + ":" + one.getVersion(), one));
    return newest;
  }

  /** Where event time stands. */
  public EventClock clock() {
    return EventClock.read(reader);
  }

  /**
   * A publication that nobody has signed.
   *
   * @param people who wrote it, who approves it, and why
   */
  public static RulePublication unsigned(
      RuleText rule, PublicationStatus status, Instant effectiveFrom, People people) {
    return RulePublication.newBuilder()
        .setRuleId(rule.ruleId())
        .setVersion(rule.version())
        .setStatus(status)
        .setDocument(rule.document())
        .setDocumentSha256(Sha256.hex(rule.document()))
        .setEffectiveFrom(effectiveFrom)
        .setAuthor(people.author())
        .setApprover(people.approver())
        .setReason(people.reason())
        .build();
  }

  /**
   * A publication, signed with DEMO keys by whom its status asks for.
   *
   * @param people who wrote it, who approves it, and why
   */
  public static RulePublication signed(
      RuleText rule, PublicationStatus status, Instant effectiveFrom, People people) {
    RulePublication draft = unsigned(rule, status, effectiveFrom, people);
    return switch (status) {
      case DRAFT -> draft;
      case WITHDRAWN -> Signatures.sign(draft, DemoKeys.person(people.approver()));
      case LIVE, SHADOW ->
          Signatures.sign(
              Signatures.signText(draft, DemoKeys.person(people.author())),
              DemoKeys.person(people.approver() == null ? people.author() : people.approver()));
    };
  }

  /** Writes a publication; answers where it stands. From now on its answers are listened for. */
  public RuleRecord write(RulePublication publication) {
    answers.seekToEnd(List.of(RuleArchive.STATUS));
    return put(publication);
  }

  /** As {@link #write}, and nobody listens. */
  public RuleRecord put(RulePublication publication) {
    String position =
        writer.write(RuleArchive.PUBLICATIONS, PublicationKeys.of(publication), publication);
    // Wall clock on purpose: when this person wrote it, shown to people and read by no rule.
    return new RuleRecord(publication, position, Instant.now());
  }

  /**
   * What the engine has answered once nothing more is to come, or when {@code limit} has passed.
   */
  public Standing await(RuleRecord record, Duration limit) {
    List<Answer> heard = new ArrayList<>();
    long end = System.nanoTime() + limit.toNanos();
    Standing standing = new Standing(List.of());
    while (!standing.isSettled() && System.nanoTime() < end) {
      answers.poll(
          POLL,
          one -> {
            if (one.value() != null) {
              heard.add(new Answer(answers.decode(one, RuleStatus.class), RuleArchive.at(one)));
            }
          });
      standing = Standing.of(record.position(), heard);
    }
    return standing;
  }

  @Override
  public void close() {
    reader.close();
    answers.close();
    writer.close();
  }
}
