package dev.zhifu.desk.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.acts.LifeOffers;
import dev.zhifu.desk.words.Words;
import dev.zhifu.rules.lives.appeal.AppealFact;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No reader of a history meets a code. */
class ReasonWordsTest {
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

  @Test
  void everyReasonThatIsACodeHasItsWordsInBothLanguages() throws IOException {
    Set<String> codes = codes();
    assertThat(codes).hasSizeGreaterThan(35);
    for (String language : List.of("zh", "en")) {
      Words words = Words.of(language);
      assertThat(codes)
          .as(language)
          .allSatisfy(
              code -> {
                String said = ReasonWords.of(code, words);
                assertThat(said).isNotBlank().isNotEqualTo(code);
                assertThat(CODE.matcher(said).matches()).as(code + " is said as " + said).isFalse();
              });
    }
  }

  @Test
  void aNoteAfterACodeStaysAsItWasWritten() {
    assertThat(ReasonWords.of("REAL_TRADE: 有合同", Words.of("zh"))).isEqualTo("真实交易: 有合同");
    assertThat(ReasonWords.of("NOTE: 1", Words.of("en"))).isEqualTo("NOTE: 1");
  }

  @Test
  void whatAPersonWroteStaysAsItIs() {
    for (String said : List.of("符合立案条件", "he has the goods", "grid-1", "D+1, D+7", "")) {
      assertThat(ReasonWords.of(said, Words.of("zh"))).isEqualTo(said);
    }
  }

  /** Where codes come from: tables and their facts, enums, and what pages let a person choose. */
  private static Set<String> codes() throws IOException {
    Set<String> codes = new TreeSet<>();
    names(ReasonCode.values()).forEach(codes::add);
    names(CaseState.values()).forEach(codes::add);
    codes.addAll(LifeOffers.DISMISSALS);
    codes.addAll(LifeOffers.CAUSES);
    codes.addAll(LifeOffers.HARDSHIPS);
    codes.addAll(Appeals.LODGERS);
    codes.addAll(PaperTable.FIELDS);
    codes.addAll(named(Stream.of(AppealFact.values()).map(one -> one.words().english())));
    codes.addAll(chosen("orders.jte"));
    return codes;
  }

  private static Stream<String> names(Enum<?>[] values) {
    return Stream.of(values).map(Enum::name);
  }

  /** Codes that a guard's words list. */
  private static Set<String> named(Stream<String> sentences) {
    return sentences
        .flatMap(one -> Pattern.compile("[A-Z]+_[A-Z_]+").matcher(one).results())
        .map(found -> found.group())
        .collect(Collectors.toSet());
  }

  /** Codes that a page offers as reasons. */
  private static Set<String> chosen(String page) throws IOException {
    Set<String> found = new TreeSet<>();
    Matcher lists =
        Pattern.compile("String cause : List.of\\(([^)]*)\\)")
            .matcher(Files.readString(Path.of("src/main/jte", page)));
    while (lists.find()) {
      Stream.of(lists.group(1).split(","))
          .map(one -> one.strip().replace("\"", ""))
          .forEach(found::add);
    }
    assertThat(found).as(page).isNotEmpty();
    return found;
  }
}
