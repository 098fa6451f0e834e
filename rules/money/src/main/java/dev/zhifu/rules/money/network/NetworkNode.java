package dev.zhifu.rules.money.network;

import dev.zhifu.rules.money.network.NetworkHit.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The shapes at one account. Only a first payment between two accounts carries trails: money that
 * goes where it always went makes no shape, and this is what keeps hubs and households quiet. The
 * cost of a movement is bounded by the settings alone.
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
   * The account pays.
   *
   * @param state of the account that pays
   * @param id of the transfer
   * @param hits told of shapes that this completes
   * @return what the account that is paid must hear; null when it was paid before, or nothing leads
   *     there
   */
  public TrailMessage pays(
      NetworkState state,
      String id,
      long at,
      long fen,
      String payer,
      String payee,
      Consumer<NetworkHit> hits) {
    boolean known = state.paid.containsKey(payee);
    state.paid.put(payee, at);
    if (state.paid.size() > settings.partners()) {
      Iterator<String> oldest = state.paid.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    if (known || at < learnedAt || payer.equals(payee)) {
      return null;
    }
    state.forget(at - settings.windowMs());
    NetworkState.add(
        state.out, new TrailMessage(id, at, fen, payer, payee, List.of()), settings.steps());
    if (isHub(state)) {
      return null;
    }
    gatherScatter(state, at, payer, hits);
    return new TrailMessage(id, at, fen, payer, payee, trails(state, id, at, fen, payer, payee));
  }

  /** The newest trails first, so that a bound drops what is oldest. */
  private List<Trail> trails(
      NetworkState state, String id, long at, long fen, String payer, String payee) {
    List<Trail> trails = new ArrayList<>();
    trails.add(Trail.begin(id, at, fen, payer, payee));
    Iterator<TrailMessage> newestFirst = state.in.descendingIterator();
    while (newestFirst.hasNext() && trails.size() < settings.trails()) {
      TrailMessage came = newestFirst.next();
      if (came.at() < at) {
        for (Trail trail : came.trails()) {
          boolean fits =
              trail.length() < settings.deepest()
                  && trail.beganAt() >= at - settings.windowMs()
                  && !trail.origin().equals(payer);
          if (fits && trails.size() < settings.trails()) {
            trails.add(trail.onward(id, at, fen, settings));
          }
        }
      }
    }
    return trails;
  }

  /** Accounts that many deal with, for years or within the window. */
  private boolean isHub(NetworkState state) {
    if (state.paid.size() >= settings.hub()) {
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

  /** Enough payees within a fan's time, and before the first of them enough payers within one. */
  private void gatherScatter(
      NetworkState state, long at, String account, Consumer<NetworkHit> hits) {
    Map<String, TrailMessage> payees = new LinkedHashMap<>();
    long began = at;
    for (TrailMessage step : state.out) {
      if (step.at() > at - settings.fanMs()) {
        payees.putIfAbsent(step.payee(), step);
        began = Math.min(began, step.at());
      }
    }
    if (payees.size() < settings.fan()) {
      return;
    }
    Set<String> payers = new HashSet<>();
    List<String> ids = new ArrayList<>();
    long latest = Long.MIN_VALUE;
    Iterator<TrailMessage> newestFirst = state.in.descendingIterator();
    while (newestFirst.hasNext()) {
      TrailMessage step = newestFirst.next();
      latest = step.at() < began && latest == Long.MIN_VALUE ? step.at() : latest;
      if (step.at() < began && step.at() > latest - settings.fanMs()) {
        payers.add(step.payer());
        ids.add(0, step.id());
      }
    }
    if (payers.size() >= settings.fan()) {
      payees.values().forEach(step -> ids.add(step.id()));
      hits.accept(new NetworkHit(Kind.GATHER_SCATTER, account, account, at, ids));
    }
  }

  /**
   * The account is paid for the first time by somebody. A message heard again changes nothing.
   *
   * @param state of the account that is paid
   * @param hits told of shapes that this completes
   */
  public void isPaid(NetworkState state, TrailMessage message, Consumer<NetworkHit> hits) {
    state.forget(message.at() - settings.windowMs());
    if (state.in.stream().anyMatch(known -> known.id().equals(message.id()))) {
      return;
    }
    NetworkState.add(state.in, message, settings.steps());
    if (isHub(state)) {
      return;
    }
    for (Trail trail : message.trails()) {
      if (trail.origin().equals(message.payee())) {
        if (trail.length() >= settings.shortestCycle()) {
          hit(Kind.CYCLE, message, message.payee(), trail.ids(), hits);
        }
      } else if (trail.handedOn() && trail.length() >= settings.chain()) {
        hit(Kind.LAYERED_CHAIN, message, trail.origin(), trail.ids(), hits);
      }
    }
    scatterGather(state, message, hits);
  }

  /** Trails of two transfers from one origin over several accounts. */
  private void scatterGather(NetworkState state, TrailMessage message, Consumer<NetworkHit> hits) {
    Map<String, Map<String, Trail>> byOrigin = new HashMap<>();
    for (TrailMessage step : state.in) {
      for (Trail trail : step.trails()) {
        if (trail.length() == 2 && !trail.origin().equals(message.payee())) {
          byOrigin
              .computeIfAbsent(trail.origin(), origin -> new LinkedHashMap<>())
              .put(trail.first(), trail);
        }
      }
    }
    for (Trail last : message.trails()) {
      Map<String, Trail> between = byOrigin.getOrDefault(last.origin(), Map.of());
      if (last.length() == 2 && between.size() >= settings.between()) {
        List<String> ids = new ArrayList<>();
        between.values().forEach(trail -> ids.addAll(trail.ids()));
        hit(Kind.SCATTER_GATHER, message, last.origin(), ids, hits);
      }
    }
  }

  /** A shape that grows is said again with all its transfers; its ends make it the same one. */
  private static void hit(
      Kind kind, TrailMessage message, String other, List<String> ids, Consumer<NetworkHit> hits) {
    hits.accept(new NetworkHit(kind, message.payee(), other, message.at(), ids));
  }
}
