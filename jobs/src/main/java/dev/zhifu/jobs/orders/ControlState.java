package dev.zhifu.jobs.orders;

import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.StandingAuthorisation;
import java.util.List;

/**
 * What stop-orders keeps beside the accounts, as one element of operator state. Public for Flink's
 * serializer.
 *
 * @param nowMs newest tick, UTC milliseconds; 0 before the first
 * @param killedAtMs event time of the newest kill switch act; 0 when there was none
 * @param wrongOffAtMs time at which too many stops of a day had been found wrong; 0 when never
 * @param authorisations highest revision of each
 * @param entries entries of the lists POOLED and PROTECTED
 * @param automatic orders that the engine signed by itself within the last day and a bit
 * @param wrongStops stops found wrong within the last day and a bit
 * @param positions how far each topic partition has been read
 */
public record ControlState(
    long nowMs,
    long killedAtMs,
    long wrongOffAtMs,
    List<StandingAuthorisation> authorisations,
    List<ListEntry> entries,
    List<AutomaticOrder> automatic,
    List<WrongStop> wrongStops,
    List<Position> positions) {

  static ControlState none() {
    return new ControlState(0, 0, 0, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /**
   * An order signed under a standing authorisation; the limits count these.
   *
   * @param orderId the order
   * @param authorisationId what it was signed under
   * @param bank the addressed bank
   * @param atMs its applicationTime
   * @param fen traced money, or the transfer's amount when that is more or all that the record
   *     tells
   */
  public record AutomaticOrder(
      String orderId, String authorisationId, String bank, long atMs, long fen) {}

  /**
   * A stop that an officer found wrong.
   *
   * @param orderId the order
   * @param atMs event time of the officer's act
   */
  public record WrongStop(String orderId, long atMs) {}

  /**
   * How far a topic partition has been read.
   *
   * @param name topic + ":" + partition
   * @param next offset after the newest one read
   */
  public record Position(String name, long next) {}
}
