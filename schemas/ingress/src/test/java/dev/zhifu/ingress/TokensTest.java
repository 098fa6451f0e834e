package dev.zhifu.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokensTest {
  private final Tokens tokens = new Tokens("a key of the test".getBytes());

  @Test
  void tokensAre32HexDigitsAndStable() {
    assertThat(tokens.account("B01", "6222 0000 1111"))
        .matches("[0-9a-f]{32}")
        .isEqualTo(tokens.account("B01", "622200001111"))
        .isEqualTo(new Tokens("a key of the test".getBytes()).account("B01", "６２２２00001111"));
  }

  @Test
  void bankKindAndKeyAllCount() {
    assertThat(tokens.account("B01", "1"))
        .isNotEqualTo(tokens.account("B02", "1"))
        .isNotEqualTo(new Tokens("another key of a test".getBytes()).account("B01", "1"));
    assertThat(tokens.number("1"))
        .isNotEqualTo(tokens.device("1"))
        .isNotEqualTo(tokens.holder("1"));
    assertThat(tokens.account("B0", "11")).isNotEqualTo(tokens.account("B01", "1"));
  }

  @Test
  void aNameIsOneHoweverItIsWritten() {
    assertThat(tokens.name("古丽·买买提")).isEqualTo(tokens.name(" 古丽•买买提"));
    assertThat(tokens.name("Li Ming")).isEqualTo(tokens.name("ＬＩ ＭＩＮＧ"));
    assertThat(tokens.name("1")).isNotEqualTo(tokens.holder("1"));
  }

  @Test
  void refusesAShortKeyAndAnEmptyIdentity() {
    assertThatThrownBy(() -> new Tokens(new byte[15])).hasMessageContaining("at least 16");
    assertThatThrownBy(() -> tokens.holder("  ")).hasMessageContaining("empty");
  }
}
