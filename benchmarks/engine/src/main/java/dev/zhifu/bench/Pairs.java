package dev.zhifu.bench;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.wire.EnrichedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Transfers of which one in a hundred begins a match and one in a hundred comes from an account
 * with a match under way, whatever the window: what differs between two windows is only how many
 * matches are under way. The other transfers are of no use to the rule. While the window fills for
 * the first time, 1.2 times its length, they are left out: they would leave no state.
 *
 * @param windowMs the rule's window
 * @param seed of all draws
 * @param most events at most; negative for no end
 */
record Pairs(long windowMs, long seed, long most) implements Feed {
  /** Events per second of event time. */
  static final int PER_SECOND = 20;

  private static final int ACCOUNTS = 1_000_000;
  private static final int BEGIN_EVERY = 100;
  private static final int USEFUL_EVERY = BEGIN_EVERY / 2;
  private static final long BEGIN_FEN = 100_000_000;
  private static final long FOLLOW_FEN = 200_000_000;
  private static final long COMPLETE_FEN = 400_000_000;
  private static final double COMPLETING = 0.05;

  /** The one rule that this stream is made for. */
  static Rule rule(long windowMs) {
    try (InputStream text = Pairs.class.getResourceAsStream("pairs-rule.yaml")) {
      String rule = new String(text.readAllBytes(), StandardCharsets.UTF_8);
      return RuleParser.parse("M9901/rule.yaml", rule.replace("{within}", windowMs / 1000 + "s"))
          .orThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Cursor open(int subtask, int parallelism) {
    return new Cursor() {
      private long at = subtask;

      @Override
      public EnrichedEvent next() {
        if (most >= 0 && at >= most) {
          return null;
        }
        EnrichedEvent event = event(number(at));
        at += parallelism;
        return event;
      }
    };
  }

  /** The number of the transfer that comes at a place: while the window fills only useful ones. */
  private long number(long place) {
    long fillPlaces = windowMs * 6 / 5 * PER_SECOND / 1000 / USEFUL_EVERY;
    return place < fillPlaces
        ? place * USEFUL_EVERY
        : fillPlaces * USEFUL_EVERY + (place - fillPlaces);
  }

  /** Transfer by number. */
  EnrichedEvent event(long number) {
    long draws = draws(number);
    long atMs = Synthetic.START_MS + number * 1000 / PER_SECOND;
    int payee = account(Synthetic.mix(draws + 1));
    long begins = begins(number, draws);
    if (begins == number) {
      return Synthetic.transfer(number, account(draws), payee, BEGIN_FEN, atMs, true);
    }
    if (begins >= 0) {
      boolean completes = Synthetic.unit(Synthetic.mix(draws + 2)) < COMPLETING;
      return Synthetic.transfer(
          number, account(draws(begins)), payee, completes ? COMPLETE_FEN : FOLLOW_FEN, atMs, true);
    }
    return Synthetic.transfer(number, account(draws), payee, 100 + (draws >>> 44), atMs, true);
  }

  /** The transfer that began the match which this one belongs to; itself or, for none, -1. */
  private long begins(long number, long draws) {
    long place = number % BEGIN_EVERY;
    if (place == 0) {
      return number;
    }
    if (place != USEFUL_EVERY) {
      return -1;
    }
    // Half a hundred transfers lie between: so many fewer that the match's window has not ended.
    long matches = Math.max(1, windowMs * PER_SECOND / 1000 / BEGIN_EVERY - 1);
    long back = (long) (Synthetic.unit(Synthetic.mix(draws + 3)) * matches);
    return Math.max(-1, (number / BEGIN_EVERY - back) * BEGIN_EVERY);
  }

  private long draws(long number) {
    return Synthetic.mix(seed * Synthetic.GOLDEN + number);
  }

  private static int account(long draws) {
    return (int) (Synthetic.unit(draws) * ACCOUNTS);
  }
}
