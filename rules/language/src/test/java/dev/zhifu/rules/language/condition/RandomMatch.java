package dev.zhifu.rules.language.condition;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A random event with a random match under way; fields are drawn from few values, so that
 * comparisons come out either way.
 */
record RandomMatch(
    int scopeNumber, EventView event, Map<String, List<EventView>> taken, List<String> order)
    implements PartialMatch {

  /**
   * 0: a transfer after a call and some credits; 1: a call, alone; 2: a login or a call after some
   * transfers.
   */
  static Scope scope(int number) {
    Map<String, Set<EventKind>> steps = new LinkedHashMap<>();
    switch (number) {
      case 0 -> {
        steps.put("call", EnumSet.of(EventKind.CALL_START));
        steps.put("credits", EnumSet.of(EventKind.TRANSFER_IN));
        return new Scope(
            EnumSet.of(EventKind.TRANSFER_OUT), steps, List.of("credits", "call"), Map.of());
      }
      case 1 -> {
        return new Scope(EnumSet.of(EventKind.CALL_START), steps, List.of(), Map.of());
      }
      default -> {
        steps.put("credits", EnumSet.of(EventKind.TRANSFER_IN));
        return new Scope(
            EnumSet.of(EventKind.LOGIN, EventKind.CALL_START), steps, List.of("credits"), Map.of());
      }
    }
  }

  static RandomMatch draw(Random random, int number) {
    Scope scope = scope(number);
    Map<String, List<EventView>> taken = new LinkedHashMap<>();
    scope.steps().forEach((name, kinds) -> taken.put(name, events(random, name, kinds)));
    return new RandomMatch(
        number, view(random, pick(random, kinds(scope.kinds()))), taken, scope.previous());
  }

  private static List<EventView> events(Random random, String name, Set<EventKind> kinds) {
    int count = name.equals("call") ? 1 : random.nextInt(4);
    List<EventView> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(view(random, pick(random, kinds(kinds))));
    }
    return events;
  }

  private static List<EventKind> kinds(Set<EventKind> kinds) {
    return List.copyOf(EnumSet.copyOf(kinds));
  }

  private static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static EventView view(Random random, EventKind kind) {
    SpecificRecord record = record(random, kind);
    Features features = (Features) fill(random, Features.getClassSchema());
    features.setPhaseRepeats(false);
    EnrichedEvent event = new EnrichedEvent();
    event.setEventId("e" + random.nextInt(1000));
    event.setOccurredAt(Instant.ofEpochMilli(1_767_225_600_000L + random.nextInt(100_000_000)));
    event.setEvent(record);
    event.setFeatures(features);
    Side side =
        kind == EventKind.TRANSFER_OUT
            ? Side.DEBIT
            : kind == EventKind.TRANSFER_IN ? Side.CREDIT : Side.SUBJECT;
    return new EventView(event, side);
  }

  private static SpecificRecord record(Random random, EventKind kind) {
    switch (kind) {
      case CALL_START -> {
        TelecomEvent call = (TelecomEvent) fill(random, TelecomEvent.getClassSchema());
        call.setKind(TelecomKind.CALL_START);
        return call;
      }
      case LOGIN -> {
        BankAccessEvent login = (BankAccessEvent) fill(random, BankAccessEvent.getClassSchema());
        login.setKind(AccessKind.LOGIN);
        return login;
      }
      default -> {
        BankTransaction transfer = (BankTransaction) fill(random, BankTransaction.getClassSchema());
        transfer.setKind(TransactionKind.TRANSFER);
        return transfer;
      }
    }
  }

  /** Fills a record of any schema; a field that may be null is null one time in three. */
  private static SpecificRecord fill(Random random, Schema schema) {
    SpecificRecord record =
        (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), value(random, field.schema()));
    }
    return record;
  }

  private static Object value(Random random, Schema schema) {
    if (schema.getLogicalType() != null) {
      return schema.getLogicalType().getName().equals("date")
          ? LocalDate.of(2026, 1, 1 + random.nextInt(9))
          : Instant.ofEpochMilli(1_767_225_600_000L + random.nextInt(10_000));
    }
    return switch (schema.getType()) {
      case UNION -> random.nextInt(3) == 0 ? null : value(random, schema.getTypes().get(1));
      case ENUM -> Enum.valueOf(enumClass(schema), pick(random, schema.getEnumSymbols()));
      case RECORD -> fill(random, schema);
      case LONG -> pick(random, List.of(0L, 1L, 3L, 7L, 400_000L, 500_000L, 600_000L));
      case INT -> pick(random, List.of(0, 1, 3, 7, 1200));
      case DOUBLE -> pick(random, List.of(0.0, 0.5, 0.8, 0.9, 3.0));
      case BOOLEAN -> random.nextBoolean();
      case STRING -> pick(random, RandomCondition.TEXTS);
      case ARRAY -> random.nextBoolean() ? List.of() : List.of(pick(random, RandomCondition.TEXTS));
      case BYTES -> java.nio.ByteBuffer.allocate(0);
      default -> throw new IllegalArgumentException("No random value for " + schema);
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Class enumClass(Schema schema) {
    return SpecificData.get().getClass(schema);
  }

  @Override
  public List<EventView> events(String step) {
    return taken.getOrDefault(step, List.of());
  }

  /** The event that {@code prev} names; null when nothing was taken. */
  EventView previous() {
    for (String name : order) {
      List<EventView> events = events(name);
      if (!events.isEmpty()) {
        return events.get(events.size() - 1);
      }
    }
    return null;
  }
}
