package dev.zhifu.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.matching.HitListener;
import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchSettings;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.rules.matching.StreamMatcher;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ten rules say the same in both languages: over a small city both find the same hits. */
class EsperRulesTest {
  private static final Path CATALOGUE = Path.of("../../rules/catalogue");

  @TempDir private Path folder;

  @Test
  void everyRuleOfTheTenHasAPatternWithAllItsThresholds() throws Exception {
    List<Rule> rules = RuleCopies.ofHolders(CATALOGUE, RuleCopies.TEN_OF_HOLDERS.size());
    assertThat(rules).extracting(Rule::id).isEqualTo(RuleCopies.TEN_OF_HOLDERS);
    assertThat(EsperRules.patterns().keySet()).containsExactlyElementsOf(RuleCopies.TEN_OF_HOLDERS);
    for (Rule rule : rules) {
      assertThat(EsperRules.filled(EsperRules.patterns().get(rule.id()), rule)).doesNotContain("{");
    }
  }

  @Test
  void bothEnginesFindTheSameHits() throws Exception {
    Prepare.main(
        new String[] {
          "out=" + folder,
          "catalogue=" + CATALOGUE,
          "residents=1500",
          "days=1",
          "seed=3",
          "rules=10"
        });
    byte[][] events = EventFile.read(folder.resolve(Prepare.ENRICHED));
    List<Rule> rules = RuleCopies.ofHolders(CATALOGUE, RuleCopies.TEN_OF_HOLDERS.size());
    Set<String> esper = new TreeSet<>();
    FinalHits own = new FinalHits();
    StreamMatcher matcher = new StreamMatcher(RuleSet.of(rules), MatchSettings.DEFAULT, own);
    EventFile.Decoder decoder = new EventFile.Decoder();
    try (EsperRules engine = new EsperRules("test", rules, esper::add)) {
      long lastMs = 0;
      for (byte[] bytes : events) {
        EnrichedEvent event = decoder.decode(bytes);
        Seen seen = new Seen(event);
        lastMs = seen.getTimeMs();
        matcher.accept(KeyKind.HOLDER, seen.getKey(), seen.getSide(), event);
        engine.take(seen);
      }
      matcher.advanceTo(lastMs + Duration.ofDays(4).toMillis());
      engine.advanceTo(lastMs + Duration.ofDays(4).toMillis());
    }
    assertThat(own.rules).hasSizeGreaterThan(2);
    assertThat(esper).isEqualTo(own.ids);
  }

  private static final class FinalHits implements HitListener {
    private final Set<String> ids = new TreeSet<>();
    private final Set<String> rules = new TreeSet<>();

    @Override
    public void onHit(RuleHit hit) {
      if (hit.getIsFinal() && hit.getHolds()) {
        ids.add(hit.getHitId());
        rules.add(hit.getRuleId());
      }
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      throw new IllegalStateException("a sorted stream has no late event");
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      throw new IllegalStateException(rule.id() + " overflowed at " + key);
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new IllegalStateException(rule.id() + " failed", failure);
    }
  }
}
