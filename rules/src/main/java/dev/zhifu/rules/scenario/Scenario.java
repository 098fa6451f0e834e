package dev.zhifu.rules.scenario;

import java.util.List;
import java.util.Map;

/**
 * One scenario, read.
 *
 * @param file name of its file
 * @param line line on which it begins, from 1
 * @param name what happens, a sentence
 * @param why what it is there to show
 * @param startMs event time of offset +0s
 * @param arrivals events and watermarks in the order of arrival; event time passes everything after
 *     the last
 * @param expected hits that must be made, and no other; empty when it must stay quiet
 * @param names names of the scenario by the tokens and event ids that stand for them
 */
public record Scenario(
    String file,
    int line,
    String name,
    String why,
    long startMs,
    List<Arrival> arrivals,
    List<ExpectedHit> expected,
    Map<String, String> names) {

  /** Copies what is given. */
  public Scenario {
    arrivals = List.copyOf(arrivals);
    expected = List.copyOf(expected);
    names = Map.copyOf(names);
  }
}
