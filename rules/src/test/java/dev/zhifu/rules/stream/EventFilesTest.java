package dev.zhifu.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFilesTest {
  @TempDir private Path folder;

  @Test
  void filesAreMergedInTheTotalOrderAndGzipIsToldByContent() throws IOException {
    Path calls = write("calls.jsonl", Lines.call("c1", 0, "n1"), Lines.call("c2", 20, "n1"));
    Path bank = folder.resolve("bank");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bank))) {
      out.write((Lines.transfer("t1", 10, "a", "b", 500) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    assertThat(all(calls, bank))
        .extracting(EnrichedEvent::getEventId)
        .containsExactly("C01:c1", "B01:t1:COMPLETED", "C01:c2");
  }

  @Test
  void whatALineLeavesOutHasItsDefaultAndWhatItSaysIsRead() throws IOException {
    List<EnrichedEvent> events =
        all(write("x.jsonl", Lines.transfer("t1", 0, "a", "b", 500), Lines.call("c1", 1, "n1")));

    BankTransaction transfer = (BankTransaction) events.get(0).getEvent();
    assertThat(transfer.getAmountFen()).isEqualTo(500);
    assertThat(transfer.getPayer().getKind()).isEqualTo(AccountKind.PERSONAL);
    assertThat(transfer.getPayer().getOpenedOn()).isEqualTo(LocalDate.of(2020, 1, 2));
    assertThat(transfer.getRemarkClasses()).isEmpty();
    TelecomEvent call = (TelecomEvent) events.get(1).getEvent();
    assertThat(call.getPeerPrefix()).isEqualTo(PrefixClass.INTERNATIONAL);
    assertThat(call.getIncoming()).isTrue();
    assertThat(call.getHolderToken()).isEqualTo("h-n1");
  }

  @Test
  void everyFaultNamesFileLineAndValue() throws IOException {
    assertFault("x.jsonl:2: the line is no transaction", Lines.call("c", 0, "n"), "{\"a\": 1}");
    assertFault("x.jsonl:1: the line is no JSON object", "eventId,ts");
    assertFault("occurredAt is", Lines.call("c1", 9, "n"), Lines.call("c2", 8, "n"));
    assertFault("kind is 'SHOUT'", Lines.call("c", 0, "n").replace("CALL_START", "SHOUT"));
    assertFault("source is missing", Lines.call("c", 0, "n").replace("\"source\"", "\"sorce\""));
    assertThatThrownBy(() -> all(folder.resolve("none")))
        .hasMessageContaining("none, which cannot be read");
  }

  private void assertFault(String message, String... lines) throws IOException {
    Path file = write("x.jsonl", lines);
    assertThatThrownBy(() -> all(file))
        .isInstanceOf(EventFileException.class)
        .hasMessageContaining(message);
  }

  private static List<EnrichedEvent> all(Path... files) {
    List<EnrichedEvent> events = new ArrayList<>();
    try (EventFiles stream = new EventFiles(List.of(files))) {
      stream.forEachRemaining(events::add);
    }
    return events;
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }
}
