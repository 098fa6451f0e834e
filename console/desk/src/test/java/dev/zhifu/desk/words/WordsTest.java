package dev.zhifu.desk.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.intake.StatementForm;
import dev.zhifu.desk.people.Role;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.channel.TransportCode;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.rules.lives.paper.TypedAnswers;
import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TraceEnd;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.UnsignedReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Pattern KEY = Pattern.compile("\\bt\\(\\s*\"([a-zA-Z0-9.]+[a-zA-Z0-9])\"");
  private static final Map<String, List<? extends Enum<?>>> FAMILIES =
      Map.ofEntries(
          Map.entry("order.", List.of(OrderState.values())),
          Map.entry("case.", List.of(CaseState.values())),
          Map.entry("receipt.", List.of(ReceiptResult.values())),
          Map.entry("reason.", List.of(ReasonCode.values())),
          Map.entry("unsigned.", List.of(UnsignedReason.values())),
          Map.entry("act.", List.of(ActKind.values())),
          Map.entry("kind.", List.of(TransactionKind.values())),
          Map.entry("phase.", List.of(TransactionPhase.values())),
          Map.entry("channel.", List.of(Channel.values())),
          Map.entry("telecom.", List.of(TelecomKind.values())),
          Map.entry("prefix.", List.of(PrefixClass.values())),
          Map.entry("access.", List.of(AccessKind.values())),
          Map.entry("end.", List.of(TraceEnd.values())),
          Map.entry("role.", List.of(Role.values())),
          Map.entry("actState.", List.of(dev.zhifu.desk.acts.ActState.values())));

  @Test
  void bothLanguagesSayTheSameThings() {
    assertThat(Words.of("en").all().keySet())
        .containsExactlyElementsOf(Words.of("zh").all().keySet());
  }

  @Test
  void everyWordThatAPageAsksForIsThere() throws IOException {
    TreeSet<String> asked = new TreeSet<>();
    try (Stream<Path> files =
        Stream.concat(Files.walk(Path.of("src/main/jte")), Files.walk(Path.of("src/main/java")))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher matcher = KEY.matcher(Files.readString(file));
        while (matcher.find()) {
          asked.add(matcher.group(1));
        }
      }
    }
    assertThat(asked).hasSizeGreaterThan(80);
    assertThat(Words.of("zh").all().keySet()).containsAll(asked);
  }

  @Test
  void everyStateReasonAndKindHasItsWord() {
    FAMILIES.forEach(
        (prefix, values) ->
            values.forEach(
                value -> assertThat(Words.of("zh").all()).containsKey(prefix + value.name())));
  }

  @Test
  void whateverABankCanAnswerToAPaperHasItsWord() {
    hasWords(FreezeTable.law());
    hasWords(VictimHoldTable.law());
    OrderTable.law().rows().stream()
        .map(row -> row.event().name())
        .filter(event -> TypedAnswers.result(event, "NAME").isPresent())
        .forEach(event -> assertThat(Words.of("zh").all()).containsKey("bankSaid." + event));
  }

  @Test
  void whateverThePlatformCanSayHasItsWord() {
    for (TransportCode code : TransportCode.values()) {
      assertThat(Words.of("zh").all()).containsKey("transport." + code.code());
    }
  }

  private static void hasWords(LifeTable<?, ?, ?, ?> table) {
    table.rows().stream()
        .filter(row -> row.roles().contains(dev.zhifu.rules.lives.Role.BANK))
        .map(row -> row.event().name())
        .forEach(event -> assertThat(Words.of("zh").all()).containsKey("bankSaid." + event));
  }

  @Test
  void whatAVictimWasDeceivedByIsCalledAsItsRuleIs() throws IOException {
    for (String typology : StatementForm.TYPOLOGIES) {
      String rule = Files.readString(Path.of("../../rules/catalogue", typology, "rule.yaml"));
      for (String language : List.of("zh", "en")) {
        assertThat(rule)
            .contains("  " + language + ": " + Words.of(language).t("typology." + typology) + "\n");
      }
    }
  }

  @Test
  void moneyIsWrittenToTheFen() {
    assertThat(Words.of("zh").yuan(18_600_000)).isEqualTo("186,000.00");
    assertThat(Words.of("zh").yuan(5)).isEqualTo("0.05");
    assertThat(Words.of("en").yuan(-123_456)).isEqualTo("-1,234.56");
  }
}
