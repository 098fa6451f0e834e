package dev.zhifu.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.ScoreShare;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaseScoreTest {

  @Test
  void twoInstantRulesOfTwoFamiliesSufficeForAStop() {
    CaseScore score = score(share("V03", RuleFamily.V, 0.7), share("T02", RuleFamily.T, 0.5));

    assertThat(score.value()).isCloseTo(0.85, within(1e-12));
    assertThat(score.families()).containsExactly(RuleFamily.V, RuleFamily.T);
    assertThat(score.sufficesForStop(0.85 - 1e-9)).isTrue();
  }

  @Test
  void oneFamilyAloneNeverSufficesHoweverHigh() {
    CaseScore score = score(share("M01", RuleFamily.M, 0.9), share("M03", RuleFamily.M, 0.9));

    assertThat(score.value()).isGreaterThan(0.98);
    assertThat(score.sufficesForStop(0.85)).isFalse();
  }

  @Test
  void networkRulesCountWithMules() {
    CaseScore score = score(share("M01", RuleFamily.M, 0.7), share("G01", RuleFamily.G, 0.7));

    assertThat(score.families()).containsExactly(RuleFamily.M);
  }

  @Test
  void aVictimsStatementSufficesAlone() {
    CaseScore score = score(share(CaseScore.STATEMENT, RuleFamily.V, 0.9));

    assertThat(score.hasStatement()).isTrue();
    assertThat(score.families()).isEmpty();
    assertThat(score.sufficesForStop(0.85)).isTrue();
  }

  @Test
  void aRuleInShadowCountsForNothing() {
    CaseScore score = score(share("V03", RuleFamily.V, 0.9), share("T02", RuleFamily.T, 0));

    assertThat(score.value()).isEqualTo(0.9);
    assertThat(score.families()).containsExactly(RuleFamily.V);
    assertThat(score.sufficesForStop(0.85)).isFalse();
  }

  @Test
  void nothingScoresZero() {
    assertThat(CaseScore.of(Map.of()).value()).isZero();
  }

  private static CaseScore score(ScoreShare... shares) {
    Map<String, ScoreShare> proofs = new LinkedHashMap<>();
    for (ScoreShare share : shares) {
      proofs.put(share.getRuleId(), share);
    }
    return CaseScore.of(proofs);
  }

  private static ScoreShare share(String rule, RuleFamily family, double weight) {
    return ScoreShare.newBuilder()
        .setHitId("hit-" + rule)
        .setRuleId(rule)
        .setRuleVersion(1)
        .setFamily(family)
        .setWeight(weight)
        .build();
  }
}
