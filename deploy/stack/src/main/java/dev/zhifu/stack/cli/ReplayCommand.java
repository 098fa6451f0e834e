package dev.zhifu.stack.cli;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.broker.TopicWriter;
import dev.zhifu.stack.replay.Replay;
import dev.zhifu.stack.replay.ReplayPlan;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu deadletters replay}: what can be read by now, or was corrected, is sent again. */
@Command(
    name = "replay",
    description = {
      "Sends records of banks and carriers again to the topic they came from, under the same event id.",
      "Nothing that a hit could still rest on is sent, so that no signature can follow from it."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  private static final int NOT_DONE = 1;

  /** Header of a record that was sent again; its value is the dead letter's id. */
  static final String REPLAYED = "zhifu-replayed";

  @Mixin private RulesBroker source;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Option(
      names = "--reason",
      arity = "1..*",
      paramLabel = "REASON",
      description = "only letters with these reasons")
  private List<DeadLetterReason> reasons = List.of();

  @Option(
      names = "--id",
      arity = "1..*",
      paramLabel = "ID",
      description = "only these, as list prints them")
  private List<String> ids = List.of();

  @Option(
      names = "--value",
      paramLabel = "FILE",
      description = "the corrected record in Avro's JSON form; with exactly one --id")
  private Path value;

  @Option(names = "--dry-run", description = "say what would be sent, and send nothing")
  private boolean dryRun;

  @Override
  public Integer call() {
    if (value != null && ids.size() != 1) {
      throw new ParameterException(
          spec.commandLine(), "--value corrects one record; name it by exactly one --id");
    }
    List<Replay> replays = plan(source.codec());
    if (!dryRun) {
      send(replays);
    }
    print(replays);
    json.write(replays.stream().map(this::row).toList());
    return replays.stream().allMatch(Replay::isSent) ? 0 : NOT_DONE;
  }

  private List<Replay> plan(AvroCodec codec) {
    try (TopicReader reader = source.reader("operator")) {
      Instant decidedTo =
          reader.readAll(List.of("clock.echo"), ClockTick.class).stream()
              .map(ClockTick::getAt)
              .max(Instant::compareTo)
              .orElse(null);
      ReplayPlan plan = new ReplayPlan(new Codec(codec), decidedTo);
      List<Replay> replays = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (DeadLetter letter : reader.readAll(List.of("dead.letters"), DeadLetter.class)) {
        if (isWanted(letter) && seen.add(letter.getDeadLetterId())) {
          replays.add(plan.of(letter, value == null ? null : correction(letter)));
        }
      }
      for (String id : ids) {
        if (!seen.contains(id)) {
          throw new ParameterException(
              spec.commandLine(), "no dead letter '" + id + "'; see zhifu deadletters list");
        }
      }
      return replays;
    }
  }

  private boolean isWanted(DeadLetter letter) {
    return (reasons.isEmpty() || reasons.contains(letter.getReason()))
        && (ids.isEmpty() || ids.contains(letter.getDeadLetterId()));
  }

  private SpecificRecord correction(DeadLetter letter) {
    Class<? extends SpecificRecord> type = ReplayPlan.type(letter.getTopic());
    if (type == null) {
      return null;
    }
    try {
      Schema schema = SpecificData.get().getSchema(type);
      return new SpecificDatumReader<SpecificRecord>(schema)
          .read(null, DecoderFactory.get().jsonDecoder(schema, Files.readString(value)));
    } catch (IOException | AvroRuntimeException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--value "
              + value
              + " is no "
              + type.getSimpleName()
              + " in Avro's JSON form: "
              + e.getMessage());
    }
  }

  private void send(List<Replay> replays) {
    try (TopicWriter writer = source.writer("ingress")) {
      for (Replay one : replays) {
        if (one.isSent()) {
          writer.write(one.topic(), one.key(), one.value(), REPLAYED, one.letterId());
        }
      }
    }
  }

  private void print(List<Replay> replays) {
    PrintWriter out = spec.commandLine().getOut();
    for (Replay one : replays) {
      out.printf(
          "%-28s %s%n",
          one.letterId(),
          one.isSent()
              ? (dryRun ? "would be sent: " : "sent: ") + one.eventId()
              : "not sent: " + one.refused());
    }
    long sent = replays.stream().filter(Replay::isSent).count();
    out.printf("%d of %d letters %s%n", sent, replays.size(), dryRun ? "would be sent" : "sent");
    out.flush();
  }

  private Map<String, Object> row(Replay one) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", one.letterId());
    row.put("topic", one.topic());
    row.put("eventId", one.eventId());
    row.put("sent", one.isSent() && !dryRun);
    row.put("refused", one.refused());
    return row;
  }

  /** The registry's wire format. */
  private record Codec(AvroCodec codec) implements ReplayPlan.Wire {
    @Override
    public ReplayPlan.Read read(String topic, byte[] bytes, Class<? extends SpecificRecord> type) {
      try {
        return new ReplayPlan.Read(codec.deserialize(topic, bytes, type), null);
      } catch (WireException e) {
        return new ReplayPlan.Read(null, e.reason() + ": " + e.getMessage());
      }
    }

    @Override
    public byte[] write(String topic, SpecificRecord record) {
      return codec.serialize(topic, record);
    }
  }
}
