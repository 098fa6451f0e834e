package dev.zhifu.schemas.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.schemas.stored.StoredFile.Rows;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventSorterTest {
  private static final long SEED = 20261127;

  @TempDir private Path folder;

  @Test
  void sortsMoreThanFitsIntoMemoryAndKeepsEachEventOnce() {
    List<EnrichedEvent> events = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      events.add(event("e" + i, i / 3));
    }
    List<EnrichedEvent> shuffled = new ArrayList<>(events);
    shuffled.addAll(events.subList(100, 150));
    Collections.shuffle(shuffled, new Random(SEED));
    Path file = folder.resolve("events.avro");

    long written;
    try (EventSorter sorter = new EventSorter(64)) {
      shuffled.forEach(sorter::add);
      written = sorter.write(file, Set.of("e7", "e8"), Map.of("note", "kept"));
    }

    events.removeIf(event -> Set.of("e7", "e8").contains(event.getEventId()));
    events.sort(EnrichedEvents.ORDER);
    assertThat(written).isEqualTo(498);
    try (Rows<EnrichedEvent> rows = StoredFile.read(file, EnrichedEvent.class)) {
      assertThat(rows.note("note")).isEqualTo("kept");
      assertThat(rows.note("other")).isNull();
      assertThat(rows).toIterable().isEqualTo(events);
    }
  }

  @Test
  void aFileThatIsMissingOrDamagedIsNamed() throws Exception {
    Path missing = folder.resolve("missing.avro");
    assertThatThrownBy(() -> StoredFile.read(missing, EnrichedEvent.class))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(missing.toString());

    Path file = folder.resolve("cut.avro");
    StoredFile.write(
        file, EnrichedEvent.class, List.of(event("a", 1), event("b", 2)).iterator(), Map.of());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));
    assertThatThrownBy(() -> StoredFile.read(file, EnrichedEvent.class))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("it is damaged");
  }

  private static EnrichedEvent event(String id, long second) {
    Instant at = Instant.ofEpochSecond(1_800_000_000 + second);
    return EnrichedEvents.of(
        TelecomEvent.newBuilder()
            .setEventId(id)
            .setSource("CARRIER1")
            .setKind(TelecomKind.CALL_START)
            .setOccurredAt(at)
            .setReceivedAt(at)
            .setNumberToken("n")
            .setIncoming(true)
            .build());
  }
}
