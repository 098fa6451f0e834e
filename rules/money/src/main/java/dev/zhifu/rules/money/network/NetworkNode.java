package dev.zhifu.rules.money.network;

import dev.zhifu.rules.money.network.NetworkHit.Part;
import dev.zhifu.rules.money.network.NetworkHit.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The shapes at one account. Only a first payment between two accounts carries trails: money that
 * goes where it always went makes no shape, and this is what keeps hubs and households quiet. The
 * cost of a movement is bounded by the settings alone.
 *
 * <p>Messages may come late, doubled and in any order. What is told is a set of trails that only
 * grows, so a copy changes nothing; an account that hears of a trail after it has paid on tells it
 * to those that it has paid (ADR-0136).
 */
public final class NetworkNode {
  private final NetworkSettings settings;
  private final long learnedAt;

  /**
   * Shapes under settings.
   *
   * @param learnedAt event time from which a payment can be told to be a first one; what comes
   *     before only teaches who pays whom. 0 where history was read before.
   */
  public NetworkNode(NetworkSettings settings, long learnedAt) {
    this.settings = settings;
    this.learnedAt = learnedAt;
  }

  /**
   * The account pays somebody whom it has not paid before.
   *
   * @param state of the account that pays; says already how many it has paid, this one included
   * @param payment without trails
   * @param hits told of shapes that this completes
   * @return what the account that is paid must hear; null when nothing leads there
   */
  public TrailMessage pays(NetworkState state, TrailMessage payment, Consumer<NetworkHit> hits) {
    if (payment.at() < learnedAt || payment.payer().equals(payment.payee())) {
      return null;
    }
    state.forget(payment.at() - settings.windowMs());
    NetworkState.add(state.out, payment, settings.steps());
    if (isHub(state)) {
      return null;
    }
    gatherScatter(state, payment.payer(), payment.at(), hits);
    return payment.with(trails(state, payment));
  }

  /** The newest trails first, so that a bound drops what is oldest. */
  private List<Trail> trails(NetworkState state, TrailMessage payment) {
    List<Trail> trails = new ArrayList<>();
    trails.add(Trail.begin(payment));
    Iterator<TrailMessage> newestFirst = state.in.descendingIterator();
    while (newestFirst.hasNext() && trails.size() < settings.trails()) {
      TrailMessage came = newestFirst.next();
      if (came.at() < payment.at()) {
        for (Trail trail : came.trails()) {
          boolean fits =
              trail.length() < settings.deepest()
                  && trail.beganAt() >= payment.at() - settings.windowMs()
                  && !trail.origin().equals(payment.payer());
          if (fits && trails.size() < settings.trails()) {
            trails.add(trail.onward(came, payment, settings));
          }
        }
      }
    }
    return trails;
  }

  /** Accounts that many deal with, for years or within the window. */
  private boolean isHub(NetworkState state) {
    if (state.partners() >= settings.hub()) {
      return true;
    }
    if (state.in.size() + state.out.size() < settings.hub()) {
      return false;
    }
    Set<String> partners = new HashSet<>();
    state.in.forEach(step -> partners.add(step.payer()));
    state.out.forEach(step -> partners.add(step.payee()));
    return partners.size() >= settings.hub();
  }

  /** What is paid at {@code from} or later may complete one. */
  private void gatherScatter(
      NetworkState state, String account, long from, Consumer<NetworkHit> hits) {
    long seen = Long.MIN_VALUE;
    for (TrailMessage step : List.copyOf(state.out)) {
      if (step.at() >= from && step.at() != seen) {
        seen = step.at();
        gatherScatter(state, seen, account, hits);
      }
    }
  }

  /** Enough payees within a fan's time, and before the first of them enough payers within one. */
  private void gatherScatter(
      NetworkState state, long at, String account, Consumer<NetworkHit> hits) {
    Map<String, TrailMessage> payees = new LinkedHashMap<>();
    long began = at;
    for (TrailMessage step : state.out) {
      if (step.at() > at - settings.fanMs() && step.at() <= at) {
        payees.putIfAbsent(step.payee(), step);
        began = Math.min(began, step.at());
      }
    }
    if (payees.size() < settings.fan()) {
      return;
    }
    Set<String> payers = new HashSet<>();
    List<Part> parts = new ArrayList<>();
    long latest = Long.MIN_VALUE;
    Iterator<TrailMessage> newestFirst = state.in.descendingIterator();
    while (newestFirst.hasNext()) {
      TrailMessage step = newestFirst.next();
      latest = step.at() < began && latest == Long.MIN_VALUE ? step.at() : latest;
      if (step.at() < began && step.at() > latest - settings.fanMs()) {
        payers.add(step.payer());
        parts.add(0, new Part(Role.GATHER, step.leg()));
      }
    }
    if (payers.size() >= settings.fan()) {
      payees.values().forEach(step -> parts.add(new Part(Role.SCATTER, step.leg())));
      hits.accept(new NetworkHit(NetworkRule.GATHER_SCATTER, account, account, parts));
    }
  }

  /**
   * The account is paid for the first time by somebody, or hears more of such a payment.
   *
   * @param state of the account that is paid
   * @param hits told of shapes that this completes
   * @param tells told what accounts that this one has paid since must hear again
   */
  public void isPaid(
      NetworkState state,
      TrailMessage message,
      Consumer<NetworkHit> hits,
      Consumer<TrailMessage> tells) {
    if (state.newestMs() != Long.MIN_VALUE
        && message.at() < state.newestMs() - settings.windowMs()) {
      return;
    }
    state.forget(message.at() - settings.windowMs());
    TrailMessage known = state.heard(message);
    TrailMessage now = known == null ? message : known.with(merged(known, message));
    if (now.equals(known)) {
      return;
    }
    Map<TrailMessage, List<Trail>> before = paidAfter(state, message.at());
    if (known == null) {
      NetworkState.add(state.in, now, settings.steps());
    } else {
      state.replace(known, now);
    }
    if (isHub(state)) {
      return;
    }
    List<Trail> fresh = new ArrayList<>(now.trails());
    fresh.removeAll(known == null ? List.of() : known.trails());
    ends(now, fresh, hits);
    scatterGather(state, now, fresh, hits);
    if (!before.isEmpty()) {
      gatherScatter(state, message.payee(), message.at() + 1, hits);
      before.forEach(
          (payment, told) -> {
            List<Trail> trails = trails(state, payment);
            if (!trails.equals(told)) {
              tells.accept(payment.with(trails));
            }
          });
    }
  }

  /** First payments after an event time, each with the trails that were told with it. */
  private Map<TrailMessage, List<Trail>> paidAfter(NetworkState state, long at) {
    Map<TrailMessage, List<Trail>> later = new LinkedHashMap<>();
    if (!state.out.isEmpty() && state.out.peekLast().at() > at) {
      for (TrailMessage payment : state.out) {
        if (payment.at() > at) {
          later.put(payment, trails(state, payment));
        }
      }
    }
    return later;
  }

  private List<Trail> merged(TrailMessage one, TrailMessage other) {
    TreeSet<Trail> all = new TreeSet<>(Trail.NEWEST_FIRST);
    all.addAll(one.trails());
    all.addAll(other.trails());
    return all.stream().limit(settings.trails()).toList();
  }

  private void ends(TrailMessage message, List<Trail> fresh, Consumer<NetworkHit> hits) {
    for (Trail trail : fresh) {
      if (trail.origin().equals(message.payee())) {
        if (trail.length() >= settings.shortestCycle()) {
          hits.accept(
              new NetworkHit(
                  NetworkRule.CYCLE,
                  message.payee(),
                  message.payee(),
                  NetworkHit.hops(trail.legs())));
        }
      } else if (trail.handedOn() && trail.length() >= settings.chain()) {
        hits.accept(
            new NetworkHit(
                NetworkRule.LAYERED_CHAIN,
                message.payee(),
                trail.origin(),
                NetworkHit.hops(trail.legs())));
      }
    }
  }

  /**
   * Trails of two transfers from one origin over several accounts. A shape that grows is said again
   * with all its transfers.
   */
  private void scatterGather(
      NetworkState state, TrailMessage message, List<Trail> fresh, Consumer<NetworkHit> hits) {
    for (Trail last : fresh) {
      if (last.length() != 2 || last.origin().equals(message.payee())) {
        continue;
      }
      Map<String, Trail> between = new LinkedHashMap<>();
      for (TrailMessage step : state.in) {
        for (Trail trail : step.trails()) {
          if (trail.length() == 2 && trail.origin().equals(last.origin())) {
            between.put(trail.first(), trail);
          }
        }
      }
      if (between.size() >= settings.between()) {
        List<Part> parts = new ArrayList<>();
        for (Trail trail : between.values()) {
          parts.add(new Part(Role.SCATTER, trail.legs().get(0)));
          parts.add(new Part(Role.GATHER, trail.legs().get(1)));
        }
        hits.accept(
            new NetworkHit(NetworkRule.SCATTER_GATHER, message.payee(), last.origin(), parts));
      }
    }
  }
}
