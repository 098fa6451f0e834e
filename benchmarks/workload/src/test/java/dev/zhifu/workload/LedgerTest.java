package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.wire.AccountKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();
  private final Holder anybody = Holder.person(0, 0, 26, 1 << 5 | 1, "150602");

  private Account account(int level, long fen) {
    return ledger.open(0, anybody, AccountKind.PERSONAL, 10_000, level, fen);
  }

  private void move(Account payer, Account payee, long fen) {
    ledger.book(payer, payee, fen, Ledger.Flow.ORDINARY, 0, 1, 1);
  }

  @Test
  void theOldestMoneyLeavesFirst() {
    Account victim = account(0, 1000);
    Account mule = account(1, 50);
    Account next = account(2, 0);
    StoryMoney story = ledger.newStory();

    ledger.book(victim, mule, 1000, Ledger.Flow.LOSS, story.story, 1, 1);
    move(mule, next, 300);

    assertThat(story.onFen(mule)).isEqualTo(750);
    assertThat(story.onFen(next)).as("50 fen were the mule's own").isEqualTo(250);
    ledger.checkConserved();
  }

  @Test
  void victimsMoneyEndsWithCashAndWithGoodFaith() {
    Account victim = account(0, 1000);
    Account mule = account(1, 0);
    Account shop = account(0, 0);
    StoryMoney story = ledger.newStory();

    ledger.book(victim, mule, 1000, Ledger.Flow.LOSS, story.story, 1, 1);
    move(mule, null, 400);
    move(mule, shop, 1);

    assertThat(story.cashedFen).isEqualTo(400);
    assertThat(story.goodFaithFen).isEqualTo(1);
    assertThat(story.reached).containsExactly(mule, shop);
    assertThat(story.onMulesFen()).isEqualTo(599);
    ledger.checkConserved();
  }

  @Test
  void aStopKeepsEachFenOnceAndWhatLeavesIsNoLongerKept() {
    Account victim = account(0, 1000);
    Account mule = account(1, 0);
    StoryMoney story = ledger.newStory();
    ledger.book(victim, mule, 1000, Ledger.Flow.LOSS, story.story, 1, 1);

    assertThat(ledger.keep(mule, 300)).isEqualTo(1000);
    assertThat(story.heldThenStoppedFen).isEqualTo(300);
    assertThat(story.stoppedFen).isEqualTo(700);
    assertThat(ledger.keep(mule, 0)).as("a second stop keeps nothing new").isZero();

    move(mule, null, 400);
    assertThat(story.heldThenStoppedFen).isZero();
    assertThat(story.stoppedFen).isEqualTo(600);
    ledger.unkeep(mule);
    assertThat(story.stoppedFen).isZero();
    ledger.checkConserved();
  }

  @Test
  void nobodyPaysWhatIsNotThere() {
    Account poor = account(0, 5);
    Account other = account(0, 0);
    assertThatThrownBy(() -> move(poor, other, 6)).hasMessageContaining("cannot pay 6");
  }

  @Test
  void noFenIsMadeOrLostInAThousandRandomMovements() {
    SplittableRandom random = Draws.stream(7, "ledger", 0);
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      accounts.add(account(i % 4, random.nextInt(100_000)));
    }
    StoryMoney[] stories = {ledger.newStory(), ledger.newStory(), ledger.newStory()};
    for (int i = 0; i < 1000; i++) {
      Account payer = Draws.pick(random, accounts);
      Account payee = random.nextInt(8) == 0 ? null : Draws.pick(random, accounts);
      if (payer == payee || payer.balanceFen == 0) {
        continue;
      }
      long fen = 1 + random.nextLong(payer.balanceFen);
      if (payer.inGoodFaith() && payee != null && random.nextInt(3) == 0) {
        ledger.book(payer, payee, fen, Ledger.Flow.LOSS, stories[i % 3].story, i, i);
      } else {
        move(payer, payee, fen);
      }
      if (random.nextInt(20) == 0) {
        ledger.keep(Draws.pick(random, accounts), random.nextInt(5_000));
      }
      if (random.nextInt(30) == 0) {
        ledger.unkeep(Draws.pick(random, accounts));
      }
      ledger.checkConserved();
      for (StoryMoney story : stories) {
        assertThat(story.stoppedFen + story.heldThenStoppedFen).isBetween(0L, story.onMulesFen());
      }
    }
    assertThat(stories[0].paidFen).isPositive();
  }
}
