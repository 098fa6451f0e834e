package dev.zhifu.rules.lives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.AlarmKind.About;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlarmKindTest {
  private static final About CHINESE = new About("甲银行的止付", "止付生效", "03-03 02:10", "0477-1");
  private static final About ENGLISH =
      new About("stop at bank A", "in force", "03-03 02:10", "0477-1");

  @ParameterizedTest
  @EnumSource(AlarmKind.class)
  void eachKindSaysInBothLanguagesWhatItIsAboutAndWhen(AlarmKind kind) {
    String chinese = kind.said(true, CHINESE);
    assertThat(chinese).contains("甲银行的止付", "03-03 02:10").endsWith("。");
    assertThat(chinese).as("Chinese alone").doesNotContainPattern("[a-zA-Z{}']");
    String english = kind.said(false, ENGLISH);
    assertThat(english).contains("stop at bank A").endsWith(".");
    assertThat(english).doesNotContainPattern("[{}\\u4e00-\\u9fff]").doesNotContain("''");
  }

  @ParameterizedTest
  @EnumSource(
      value = AlarmKind.class,
      names = {
        "ESCALATE_BANK",
        "ESCALATE_BANNER",
        "ESCALATE_CITY",
        "NO_ANSWER",
        "TURNED_AWAY",
        "FROZEN_ABOVE_ASKED"
      })
  void whoeverIsToBePhonedStandsInTheSentence(AlarmKind kind) {
    assertThat(kind.said(true, CHINESE)).contains("0477-1");
    assertThat(kind.said(false, ENGLISH)).contains("0477-1");
  }
}
