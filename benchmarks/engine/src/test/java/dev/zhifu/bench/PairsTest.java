package dev.zhifu.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Side;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairsTest {
  private static final int EVENTS = 60_000;

  @ParameterizedTest
  @ValueSource(longs = {60_000, 72 * 3_600_000L})
  void twoInAHundredAreOfUseWhateverTheWindowAndEverySecondOfThemFindsAMatchUnderWay(long windowMs)
      throws IOException {
    Rule rule = Pairs.rule(windowMs);
    Feed.Cursor cursor = new Pairs(windowMs, 1, -1).open(0, 1);
    long fill = windowMs * 6 / 5;
    Map<String, Long> begun = new HashMap<>();
    int useful = 0;
    int underWay = 0;
    int seen = 0;
    long before = Long.MIN_VALUE;
    while (seen < EVENTS) {
      EnrichedEvent event = cursor.next();
      BankTransaction transfer = (BankTransaction) event.getEvent();
      String payer = transfer.getPayer().getAccountToken();
      long atMs = event.getOccurredAt().toEpochMilli();
      assertThat(atMs).isGreaterThan(before);
      before = atMs;
      boolean relevant = rule.relevant(new EventView(event, Side.DEBIT));
      if (atMs >= Synthetic.START_MS + fill) {
        seen++;
        useful += relevant ? 1 : 0;
        Long since = begun.get(payer);
        underWay += relevant && since != null && atMs - since < windowMs ? 1 : 0;
      }
      if (relevant && transfer.getAmountFen() < 200_000_000) {
        begun.put(payer, atMs);
      }
    }
    assertThat(useful).isEqualTo(EVENTS / 50);
    assertThat(underWay).isBetween(EVENTS / 100 - 60, EVENTS / 100 + 60);
  }

  @Test
  void twoSubtasksTogetherGiveWhatOneGives() throws IOException {
    Pairs pairs = new Pairs(60_000, 1, 400);
    Feed.Cursor one = pairs.open(0, 1);
    Feed.Cursor even = pairs.open(0, 2);
    Feed.Cursor odd = pairs.open(1, 2);
    for (int i = 0; i < 200; i++) {
      assertThat(even.next()).isEqualTo(one.next());
      assertThat(odd.next()).isEqualTo(one.next());
    }
    assertThat(one.next()).isNull();
    assertThat(even.next()).isNull();
  }
}
