package dev.zhifu.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.SubjectKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActionTierTest {
  private static final ScoreSettings SETTINGS = ScoreSettings.defaults();

  @Test
  void aHoldNeedsSixTenths() {
    assertThat(account(0.599999, List.of(RuleFamily.M), ActionCode.A3)).isEmpty();
    assertThat(account(0.6, List.of(RuleFamily.M), ActionCode.A3)).containsExactly(ActionCode.A3);
  }

  @Test
  void aReportNeedsOnePatternThatMayAskAndHoldsNobody() {
    assertThat(account(0.499999, List.of(RuleFamily.M), ActionCode.A7)).isEmpty();
    assertThat(account(0.5, List.of(RuleFamily.M), ActionCode.A7, ActionCode.A3))
        .containsExactly(ActionCode.A7);
  }

  @Test
  void aStopNeedsItsScoreAndTwoFamiliesOrAStatement() {
    List<RuleFamily> two = List.of(RuleFamily.V, RuleFamily.M);
    assertThat(account(0.849999, two, ActionCode.A5)).isEmpty();
    assertThat(account(0.85, two, ActionCode.A5)).containsExactly(ActionCode.A5);
    assertThat(account(0.99, List.of(RuleFamily.M), ActionCode.A5)).isEmpty();
    assertThat(
            ActionTier.reached(
                change(
                    SubjectKind.ACCOUNT,
                    0.9,
                    List.of(),
                    List.of(share(CaseScore.STATEMENT)),
                    List.of(ActionCode.A5)),
                SETTINGS))
        .containsExactly(ActionCode.A5);
  }

  @Test
  void aHoldersCaseWarnsAsThePolicySaysAndAnAccountsCaseWarnsNobody() {
    List<RuleFamily> one = List.of(RuleFamily.V);
    assertThat(
            ActionTier.reached(
                change(SubjectKind.HOLDER, 0.5, one, List.of(), List.of(ActionCode.A2)), SETTINGS))
        .containsExactly(ActionCode.A2);
    assertThat(account(0.5, one, ActionCode.A2)).isEmpty();
  }

  @Test
  void whatOnlyAddsToAScoreIsNoAlert() {
    assertThat(account(0.25, List.of(RuleFamily.M), ActionCode.A7, ActionCode.A3)).isEmpty();
  }

  private static Set<ActionCode> account(
      double score, List<RuleFamily> families, ActionCode... actions) {
    return ActionTier.reached(
        change(SubjectKind.ACCOUNT, score, families, List.of(), List.of(actions)), SETTINGS);
  }

  private static ScoreShare share(String rule) {
    return ScoreShare.newBuilder()
        .setHitId("h")
        .setRuleId(rule)
        .setRuleVersion(1)
        .setFamily(RuleFamily.V)
        .setWeight(0.9)
        .build();
  }

  private static FraudCase change(
      SubjectKind kind,
      double score,
      List<RuleFamily> families,
      List<ScoreShare> shares,
      List<ActionCode> actions) {
    return FraudCase.newBuilder()
        .setCaseId("c")
        .setSequence(1)
        .setChange(CaseChangeKind.OPENED)
        .setSubjectKind(kind)
        .setSubject("s")
        .setState(CaseState.ALERT)
        .setScore(score)
        .setFamilies(families)
        .setShares(shares)
        .setProposedActions(actions)
        .setOccurredAt(Instant.EPOCH)
        .setOpenedAt(Instant.EPOCH)
        .build();
  }
}
