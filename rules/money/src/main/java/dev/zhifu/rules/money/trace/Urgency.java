package dev.zhifu.rules.money.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order stops are asked for: by the money that a second of work is likely to keep. Traced
 * money still there × the chance that it still is when the stop takes effect ÷ seconds of work
 * (domain.md §11.6). All values are engineering defaults that no law gives.
 *
 * @param secondsToEffect seconds from a request to its stop: an officer's and a bank's
 * @param secondsPerRequest an officer's seconds for one request
 * @param secondsPerBatch seconds for opening a bank's batch
 * @param nightSpeed how much faster money moves from midnight to six
 * @param levelSpeed how much faster it moves with every level after the first
 * @param mostInBatch most requests in one batch
 */
public record Urgency(
    double secondsToEffect,
    double secondsPerRequest,
    double secondsPerBatch,
    double nightSpeed,
    double levelSpeed,
    int mostInBatch) {
  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final int DAY_HOURS = 24;
  private static final int CHINA_OFFSET_HOURS = 8;
  private static final int NIGHT_ENDS = 6;

  /** Part of money still on its first account after so many seconds (domain.md §13, a default). */
  private static final double[][] STILL_THERE = {
    {0, 1}, {10 * MINUTE, 0.5}, {HOUR, 0.2}, {12 * HOUR, 0.05}, {72 * HOUR, 0.01}
  };

  /**
   * Seconds of §13's stated bank and officer, one and a half times as fast at night and per level.
   */
  public static Urgency defaults() {
    return new Urgency(65, 20, 30, 1.5, 1.5, 50);
  }

  /**
   * A request for one account.
   *
   * @param account token
   * @param bank account-holding bank
   * @param level shortest number of transfers from a victim
   * @param thereFen traced money still there: the lower bound counts
   * @param arrivedAt event time of its newest arrival
   */
  public record Request(String account, String bank, int level, long thereFen, long arrivedAt) {}

  /** Requests that go to one bank together, the most urgent first. */
  public record Batch(String bank, List<Request> requests) {}

  /** Chance that money still there now is there when the stop takes effect, 0 to 1. */
  public double chance(Request request, long nowMs) {
    double dwell = Math.max(0, (nowMs - request.arrivedAt()) / 1000.0);
    long hour = Math.floorMod(nowMs / 3_600_000L + CHINA_OFFSET_HOURS, DAY_HOURS);
    double speed =
        Math.pow(levelSpeed, Math.max(0, request.level() - 1))
            * (hour < NIGHT_ENDS ? nightSpeed : 1);
    return stillThere(dwell + secondsToEffect * speed) / stillThere(dwell);
  }

  /** Log-linear between the points; after the last the last slope goes on. */
  private static double stillThere(double seconds) {
    int i = 1;
    while (i < STILL_THERE.length - 1 && STILL_THERE[i][0] < seconds) {
      i++;
    }
    double[] from = STILL_THERE[i - 1];
    double[] to = STILL_THERE[i];
    double part = (seconds - from[0]) / (to[0] - from[0]);
    return Math.exp(Math.log(from[1]) + part * (Math.log(to[1]) - Math.log(from[1])));
  }

  /** Fen likely to be kept by a second of work. */
  public double of(Request request, long nowMs) {
    return request.thereFen() * chance(request, nowMs) / secondsPerRequest;
  }

  /** Requests by urgency; equals by level, then by account. */
  public List<Request> order(List<Request> requests, long nowMs) {
    List<Request> ordered = new ArrayList<>(requests);
    ordered.sort(
        Comparator.comparingDouble((Request request) -> -of(request, nowMs))
            .thenComparing(Request::level)
            .thenComparing(Request::account));
    return ordered;
  }

  /**
   * One batch a bank at a time: the bank whose next batch keeps the most money a second goes first.
   */
  public List<Batch> batches(List<Request> requests, long nowMs) {
    Map<String, List<Request>> byBank = new LinkedHashMap<>();
    for (Request request : order(requests, nowMs)) {
      byBank.computeIfAbsent(request.bank(), bank -> new ArrayList<>()).add(request);
    }
    List<Batch> batches = new ArrayList<>();
    byBank.forEach(
        (bank, of) -> {
          for (int from = 0; from < of.size(); from += mostInBatch) {
            int to = Math.min(of.size(), from + mostInBatch);
            batches.add(new Batch(bank, List.copyOf(of.subList(from, to))));
          }
        });
    batches.sort(
        Comparator.comparingDouble((Batch batch) -> -of(batch, nowMs)).thenComparing(Batch::bank));
    return batches;
  }

  private double of(Batch batch, long nowMs) {
    double kept = 0;
    for (Request request : batch.requests()) {
      kept += request.thereFen() * chance(request, nowMs);
    }
    return kept / (secondsPerBatch + secondsPerRequest * batch.requests().size());
  }
}
