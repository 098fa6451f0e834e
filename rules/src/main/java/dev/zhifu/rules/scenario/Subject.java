package dev.zhifu.rules.scenario;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.RuleHit;
import java.util.List;

/**
 * What scenarios are run on: the pure engine, the job, the console's trial of a draft. One text,
 * one answer.
 */
public interface Subject {

  /**
   * Runs a scenario from nothing and lets event time pass everything at its end.
   *
   * @param rules rules in force all the time
   * @param arrivals events and watermarks in the order of arrival; events must not be changed, for
   *     they are used again
   * @return every revision of every hit, in the order in which they were made
   */
  List<RuleHit> run(List<Rule> rules, List<Arrival> arrivals);
}
