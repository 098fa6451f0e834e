package dev.zhifu.rules.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Contiguity;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleHit;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The bytes of a key's record: what was judged travels with it, and older formats are read. */
class KeyRecordCodecTest {
  private static final byte WITHOUT_JUDGEMENTS = 2;

  private final RuleSet rules = new RuleSet();
  private final Matcher matcher = matcher();
  private final HeapMatchStateStore store = new HeapMatchStateStore();

  private Matcher matcher() {
    rules.publish(rule("R", 1), PublicationStatus.LIVE, 0);
    return new Matcher(rules, MatchSettings.DEFAULT, new Nobody());
  }

  @Test
  void whatWasJudgedIsReadWithTheKey() throws Exception {
    take("a", 100);

    MatchEvent read = matcher.open(KeyKind.HOLDER, "h", store).record().tail.get(0);

    assertThat(read.takersBefore()).isNotNull();
    assertThat(matcher.takers(KeyKind.HOLDER, read).all().stream()).containsExactly(0);
  }

  @Test
  void afterAChangeOfTheRulesOfItsTimeItIsJudgedAnew() throws Exception {
    take("a", 100);
    rules.withdraw("R", 50);

    MatchEvent read = matcher.open(KeyKind.HOLDER, "h", store).record().tail.get(0);

    assertThat(matcher.takers(KeyKind.HOLDER, read).isEmpty()).isTrue();
  }

  @Test
  void anotherMatchersJudgementIsNotTaken() throws Exception {
    take("a", 100);
    Matcher other = new Matcher(rules, MatchSettings.DEFAULT, new Nobody());

    MatchEvent read = other.open(KeyKind.HOLDER, "h", store).record().tail.get(0);

    assertThat(read.takersBefore()).isNull();
    assertThat(other.takers(KeyKind.HOLDER, read).all().stream()).containsExactly(0);
  }

  @Test
  void whatVeryManyTakeIsJudgedAnew() throws Exception {
    for (int i = 0; i < RuleSeers.MOST_NOTES; i++) {
      rules.publish(rule("S" + i, 1), PublicationStatus.LIVE, 0);
    }
    take("a", 100);

    MatchEvent read = matcher.open(KeyKind.HOLDER, "h", store).record().tail.get(0);

    assertThat(read.takersBefore()).isNull();
    assertThat(matcher.takers(KeyKind.HOLDER, read).all().cardinality())
        .isEqualTo(RuleSeers.MOST_NOTES + 1);
  }

  @Test
  void theFormatWithoutJudgementsIsRead() throws Exception {
    take("a", 100);
    byte[] bytes = store.record();
    int notes =
        matcher.open(KeyKind.HOLDER, "h", store).record().tail.get(0).takersBefore().notes().length;
    byte[] older = Arrays.copyOf(bytes, bytes.length - 8 - 1 - 8 - 2 - 8 * notes);
    older[0] = WITHOUT_JUDGEMENTS;

    KeyRecord read = matcher.recordCodec().decode(older);

    assertThat(read.tail).extracting(MatchEvent::id).containsExactly("a");
    assertThat(read.tail.get(0).takersBefore()).isNull();
    assertThat(matcher.takers(KeyKind.HOLDER, read.tail.get(0)).all().stream()).containsExactly(0);
  }

  @Test
  void aFormatFromLaterIsRefused() throws Exception {
    take("a", 100);
    byte[] later = store.record().clone();
    later[0] = 9;

    assertThatThrownBy(() -> matcher.recordCodec().decode(later))
        .isInstanceOf(IOException.class)
        .hasMessage("Key record format 9 is none of 1 to 3: the snapshot is from another version");
  }

  private void take(String id, long timeMs) throws Exception {
    KeyMatcher key = matcher.openNew(KeyKind.HOLDER, "h", store);
    EventView view = Events.subject(Events.telecom("h", id, timeMs, 0, 0));
    key.onEvent(matcher.arrival(KeyKind.HOLDER, view), Long.MIN_VALUE);
  }

  private static Rule rule(String id, int version) {
    return Rules.rule(
        id,
        version,
        60_000,
        AfterMatch.NO_SKIP,
        Rules.step("call", Contiguity.BEGIN, (EventView view) -> true));
  }

  private static final class Nobody implements HitListener {
    @Override
    public void onHit(RuleHit hit) {
      // not what this is about
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      throw new AssertionError("late: " + event);
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      throw new AssertionError("overflow of " + rule.id());
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
