package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random lives: proposals and retractions, officers, banks that answer late, twice or not at all,
 * crashes that fall back to an old state and read the record again. Whatever happens, the law's
 * bounds hold. 2,000 stories by default, {@value #LONG} of them long; {@code -Dmoney.cases=N} plays
 * another number, {@code -Dmoney.seed=N -Dmoney.steps=M} one seed again.
 */
public class OrderSimulationTest {

  private static final int STORIES = Integer.getInteger("money.cases", 2_000);
  private static final int LONG = 150;
  private static final int STEPS = 60;
  private static final int SHORT_STEPS = 10;

  @Test
  void noStoryBreaksTheBoundsOfTheLaw() {
    Long replay = Long.getLong("money.seed");
    long orders = 0;
    long restores = 0;
    for (long seed = replay == null ? 1 : replay;
        seed <= (replay == null ? STORIES : replay);
        seed++) {
      boolean isLong = replay != null || seed <= LONG;
      int steps = Integer.getInteger("money.steps", isLong ? STEPS : SHORT_STEPS);
      Story story = new Story(seed);
      try {
        story.play(steps);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed "
                + seed
                + " (replay with -Dmoney.seed="
                + seed
                + " -Dmoney.steps="
                + steps
                + "): "
                + e.getMessage(),
            e);
      }
      orders += story.payloadByOrder.size();
      restores += story.restores;
    }
    System.out.println("stories=" + STORIES + " orders=" + orders + " restores=" + restores);
    assertThat(orders)
        .as("the stories do send orders")
        .isGreaterThan(replay == null ? LONG / 2 : -1);
  }

  /**
   * Plays one long story; what breaks a bound fails.
   *
   * @return orders sent
   */
  public static long play(long seed) {
    Story story = new Story(seed);
    story.play(STEPS);
    return story.payloadByOrder.size();
  }

  /** One account, its bank, its officer, and the record. */
  private static final class Story {
    final SplittableRandom random;
    final List<AddressedOrder> record = new ArrayList<>();
    final Map<String, String> payloadByOrder = new HashMap<>();
    final Map<String, StopPaymentReceipt> answers = new HashMap<>();
    final List<OfficerAct> acts = new ArrayList<>();
    final List<StopPaymentReceipt> given = new ArrayList<>();
    final StandingAuthorisation authorisation = authorisation();
    OrderRun run = OrderRun.unauthorised();
    OrderRun savepoint = run.restored();
    long now = T0;
    int restores;
    int orders;
    int checked;

    Story(long seed) {
      random = new SplittableRandom(seed);
    }

    void play(int steps) {
      for (int step = 0; step < steps; step++) {
        step(random.nextInt(12));
        collect();
        check();
      }
    }

    void step(int choice) {
      switch (choice) {
        case 0, 1, 2 -> run.propose(evidence(true));
        case 3 -> run.propose(evidence(false));
        case 4, 5 -> decide();
        case 6, 7 -> answer();
        case 8 -> repeatSomething();
        case 9 -> crash();
        default -> {
          now += random.nextInt(5) == 0 ? 20 * HOUR : random.nextInt(120) * SECOND;
          run.authorise(renewed(authorisation, now)).tick(now);
        }
      }
    }

    Proposal evidence(boolean holds) {
      int variant = random.nextInt(3);
      return proposal()
          .with(
              p -> {
                p.holds = holds;
                p.basisAtMs = now - random.nextInt(900) * SECOND;
                p.balanceAtMs = now;
                p.settled = random.nextBoolean();
                p.transferTimeMs = T0 - variant * MINUTE;
                p.cause = "event-" + random.nextInt(1_000_000);
              });
    }

    void decide() {
      if (run.requests.isEmpty()) {
        return;
      }
      StopPaymentRequest about = run.requests.get(random.nextInt(run.requests.size()));
      String actId = "act-" + acts.size();
      ActKind kind =
          List.of(ActKind.SIGN_ORDER, ActKind.SIGN_ORDER, ActKind.REJECT_REQUEST, ActKind.RELEASE)
              .get(random.nextInt(4));
      OfficerAct act =
          kind == ActKind.SIGN_ORDER
              ? signature(about, actId, now)
              : act(kind, actId, about.getOrderId(), now, "NOT_FILED");
      acts.add(act);
      run.act(act);
    }

    /** The bank answers an order once; asked again it gives the same answer. */
    void answer() {
      if (record.isEmpty()) {
        return;
      }
      AddressedOrder order = record.get(random.nextInt(record.size()));
      StopPaymentReceipt receipt =
          answers.computeIfAbsent(Envelopes.payloadSha256(order.envelope()), sha -> answer(order));
      given.add(receipt);
      run.receipt(receipt);
    }

    /** A bank does not execute an order after its notAfter. */
    StopPaymentReceipt answer(AddressedOrder order) {
      boolean late = now > Envelopes.open(order.envelope()).getNotAfter().toEpochMilli();
      return receipt(order, late ? ReceiptResult.EXPIRED_ORDER : result(), now);
    }

    ReceiptResult result() {
      ReceiptResult[] all = ReceiptResult.values();
      return random.nextBoolean() ? ReceiptResult.STOPPED : all[random.nextInt(all.length)];
    }

    void repeatSomething() {
      if (!acts.isEmpty()) {
        run.act(acts.get(random.nextInt(acts.size())));
      }
      if (!given.isEmpty()) {
        run.receipt(given.get(random.nextInt(given.size())));
      }
    }

    /**
     * Falls back to the last savepoint, or takes one; what was said since is read again, in the
     * topics' own orders.
     */
    void crash() {
      if (random.nextBoolean()) {
        savepoint = run.restored();
        return;
      }
      restores++;
      run = savepoint.restored();
      checked = 0;
      orders = 0;
      run.tick(now);
      run.authorise(renewed(authorisation, now));
      List<Runnable> sources =
          new ArrayList<>(
              List.of(
                  () -> given.forEach(run::receipt),
                  this::readRecord,
                  () -> acts.forEach(run::act),
                  () -> run.propose(evidence(true))));
      while (!sources.isEmpty()) {
        sources.remove(random.nextInt(sources.size())).run();
      }
      run.readBack().authorise(renewed(authorisation, now)).tick(now + SECOND);
      now += SECOND;
      savepoint = run.restored();
    }

    void readRecord() {
      for (int offset = 0; offset < record.size(); offset++) {
        run.take(record(record.get(offset), offset));
      }
    }

    /** What left the engine stands in the record at once, and is read back. */
    void collect() {
      while (orders < run.orders.size()) {
        AddressedOrder order = run.orders.get(orders++);
        String id = Envelopes.open(order.envelope()).getOrderId();
        String sha = Envelopes.payloadSha256(order.envelope());
        assertThat(payloadByOrder.computeIfAbsent(id, first -> sha))
            .as("one order id, one payload")
            .isEqualTo(sha);
        record.add(order);
        run.take(record(order, record.size() - 1));
      }
    }

    void check() {
      OrderBook book =
          new OrderBook(run.account(MULE) == null ? AccountOrders.none() : run.account(MULE));
      assertThat(book.stopsUsed(OrderSettings.StopLimitScope.ACCOUNT, List.of()))
          .as("stops")
          .isLessThanOrEqualTo(2);
      assertThat(book.lives().stream().filter(life -> life.isIn(OrderTable.IN_FORCE)).count())
          .as("one stop at a time, unless the bank's answer came too late to know")
          .isLessThanOrEqualTo(run.alarmKinds().contains(OrderAlarm.Kind.LATE_STOP) ? 2 : 1);
      for (OrderLife life : book.lives()) {
        if (life.isIn(OrderTable.IN_FORCE)) {
          assertThat(life.clocks().startMs())
              .as("no stop without the bank's start time")
              .isPositive();
          assertThat(life.clocks().expiresAtMs() - life.clocks().startMs()).isEqualTo(48 * HOUR);
        }
      }
      for (; checked < run.requests.size(); checked++) {
        OrderState to = run.requests.get(checked).getState();
        OrderState from = run.requests.get(checked).getFromState();
        assertThat(OrderTable.law().rows())
            .as(from + " to " + to)
            .anyMatch(
                row ->
                    row.to() == to
                        && (from == null ? row.from().isEmpty() : row.from().contains(from)));
      }
      assertThat(run.alarmKinds())
          .doesNotContain(OrderAlarm.Kind.CONFLICTING_RECORD, OrderAlarm.Kind.FORGED_RECORD);
    }
  }
}
