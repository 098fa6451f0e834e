package dev.zhifu.stack.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.ClockTick;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadFileTest {
  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsReadBackWithRoomForTheSchemasId() throws Exception {
    ClockTick tick = new ClockTick(Instant.ofEpochMilli(5_000), 3L, "city", false);
    SpecificDatumWriter<ClockTick> writer = new SpecificDatumWriter<>(ClockTick.class);
    Path file = folder.resolve("load.bin");
    try (LoadFile.Writer out = new LoadFile.Writer(file)) {
      out.write("clock.ticks", "clock", writer, tick, 5_000, List.of(), false, false);
      out.write("officer.acts", "r1", writer, tick, 6_000, List.of("a1", "r1"), true, true);
    }

    try (LoadFile.Reader in = new LoadFile.Reader(file)) {
      LoadFile.Entry first = in.next();
      assertThat(first.topic()).isEqualTo("clock.ticks");
      assertThat(first.isEvent()).isFalse();
      assertThat(first.value()).startsWith(new byte[LoadFile.HEADER_BYTES]);
      ClockTick read =
          new SpecificDatumReader<>(ClockTick.class)
              .read(
                  null,
                  DecoderFactory.get()
                      .binaryDecoder(
                          first.value(),
                          LoadFile.HEADER_BYTES,
                          first.value().length - LoadFile.HEADER_BYTES,
                          null));
      assertThat(read).isEqualTo(tick);
      LoadFile.Entry second = in.next();
      assertThat(second.ids()).containsExactly("a1", "r1");
      assertThat(second.asks()).isTrue();
      assertThat(second.past()).isTrue();
      assertThat(in.next()).isNull();
    }
  }
}
