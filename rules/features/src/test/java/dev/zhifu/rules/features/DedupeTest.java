package dev.zhifu.rules.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DedupeTest {
  private final List<String> passed = new ArrayList<>();
  private final Dedupe dedupe = new Dedupe(passed::add);
  private final PayeeState state = new PayeeState();

  @Test
  void theSecondOfTwoCopiesIsACopyThoughReceivedLaterAndEncryptedAnew() {
    EnrichedEvent first = Events.transfer("t1", 0, "a", "b", 100);
    EnrichedEvent second = Events.transfer("t1", 0, "a", "b", 100);
    BankTransaction copy = (BankTransaction) second.getEvent();
    copy.setReceivedAt(copy.getReceivedAt().plusSeconds(9));
    copy.getPayee().setCipher(ByteBuffer.wrap(new byte[] {1, 2, 3}));

    assertThat(dedupe.judge(state, first)).isEqualTo(Dedupe.Verdict.NEW);
    assertThat(dedupe.judge(state, second)).isEqualTo(Dedupe.Verdict.COPY);
  }

  @Test
  void theSameIdWithAnotherAmountIsAContradictionAndTheFirstStands() {
    dedupe.judge(state, Events.transfer("t1", 0, "a", "b", 100));

    assertThat(dedupe.judge(state, Events.transfer("t1", 0, "a", "b", 101)))
        .isEqualTo(Dedupe.Verdict.CONTRADICTION);
    assertThat(dedupe.judge(state, Events.transfer("t1", 0, "a", "b", 100)))
        .isEqualTo(Dedupe.Verdict.COPY);
  }

  /** A savepoint of before ADR-0180 has its ids beside the hash of that time. */
  @Test
  void anIdOfAnOlderSavepointIsKnownByItsContentToo() {
    EnrichedEvent first = Events.transfer("t1", 0, "a", "b", 100);
    dedupe.judge(state, first);
    state.ids.set(0, PayeeState.CONTENT, ContentHash.BEFORE.of((BankTransaction) first.getEvent()));

    assertThat(dedupe.judge(state, Events.transfer("t1", 0, "a", "b", 100)))
        .isEqualTo(Dedupe.Verdict.COPY);
    assertThat(dedupe.judge(state, Events.transfer("t1", 0, "a", "b", 101)))
        .isEqualTo(Dedupe.Verdict.CONTRADICTION);
  }

  /** Of each text any one character counts, wherever it stands and in whatever script. */
  @Test
  void aContentThatDiffersInOneCharacterIsAnother() {
    for (String letter : List.of("a", "é", "止", "\uD83D\uDE00")) {
      Set<String> texts = new HashSet<>();
      for (int length = 0; length < 70; length++) {
        String text = letter.repeat(length);
        texts.add(text);
        for (int at = 0; at < text.length(); at += letter.length()) {
          texts.add(text.substring(0, at) + "b" + text.substring(at + letter.length()));
        }
      }
      assertThat(texts.stream().map(Hash64::ofWhole)).as(letter).doesNotHaveDuplicates();
    }
  }

  @Test
  void anIdIsForgottenAfterADayOfEventTime() {
    dedupe.judge(state, Events.transfer("t1", 0, "a", "b", 100));
    dedupe.judge(state, Events.transfer("t2", Dedupe.HORIZON, "a", "b", 100));

    assertThat(dedupe.judge(state, Events.transfer("t1", 0, "a", "b", 100)))
        .isEqualTo(Dedupe.Verdict.NEW);
  }

  @Test
  void moreIdsThanTheLimitAreCountedAndTheOldestForgotten() {
    for (int i = 0; i <= PayeeState.MOST_IDS; i++) {
      dedupe.judge(state, Events.transfer("t" + i, i, "a", "b", 100));
    }

    assertThat(passed).containsExactly(PayeeState.LIMIT_IDS);
    assertThat(dedupe.judge(state, Events.transfer("t1", 1, "a", "b", 100)))
        .isEqualTo(Dedupe.Verdict.COPY);
  }

  @Test
  void ofManyIdsEachIsKnownAgainWhateverWasForgottenBetween() {
    int many = 5 * PayeeState.MOST_IDS;
    for (int i = 0; i < many; i++) {
      assertThat(dedupe.judge(state, Events.transfer("t" + i, i, "a", "b", 100)))
          .isEqualTo(Dedupe.Verdict.NEW);
      int before = Math.max(0, i - i % PayeeState.MOST_IDS);
      assertThat(dedupe.judge(state, Events.transfer("t" + before, before, "a", "b", 100)))
          .isEqualTo(Dedupe.Verdict.COPY);
    }
    PayeeState read = PayeeState.of(state.toBytes());
    for (int i = many - PayeeState.MOST_IDS; i < many; i++) {
      assertThat(dedupe.judge(read, Events.transfer("t" + i, i, "a", "b", 100)))
          .isEqualTo(Dedupe.Verdict.COPY);
    }
  }
}
