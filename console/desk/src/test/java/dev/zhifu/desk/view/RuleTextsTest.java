package dev.zhifu.desk.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.view.RuleTexts.RuleText;
import dev.zhifu.rules.money.network.NetworkRule;
import org.junit.jupiter.api.Test;

class RuleTextsTest {
  /** No publication holds them, so that no store is asked. */
  @Test
  void aShapeAmongAccountsHasItsWordsWithoutAPublication() {
    RuleTexts texts = new RuleTexts(null);
    for (NetworkRule rule : NetworkRule.values()) {
      RuleText text = texts.of(rule.id(), rule.version());
      assertThat(text.name(true)).isEqualTo(rule.nameZh());
      assertThat(text.plain(false)).isEqualTo(rule.plainEn()).contains("first");
      assertThat(texts.newest(rule.id())).isEqualTo(text);
    }
  }
}
