package dev.zhifu.desk.projection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The topics that the console reads, as two lanes: events are many, and no order waits for them.
 */
public final class Topics {
  static final String ENRICHED = "risk.enriched";

  private static final List<String> DECISIVE =
      List.of(
          "victim.reports",
          "clock.ticks",
          "clock.echo",
          "officer.acts",
          "stop.authorisations",
          "rules.publications",
          "rules.status",
          "rules.shadow",
          "action.controls",
          "risk.hits",
          "risk.hits.final",
          "risk.cases",
          "stop.requests",
          "victim.warnings",
          "restriction.notices",
          "dead.letters",
          "recovery.lives",
          "recovery.requests",
          "recovery.alarms",
          "audit.entries",
          "refund.plans",
          "refund.notices",
          "refund.victims");
  private static final String HOPS = "trace.hops";
  private static final String TRACED = "trace.cases";
  private static final String FOLLOW_ONS = "trace.followons";
  private static final List<String> OF_A_BANK = List.of("holds", "orders", "inbound");

  private Topics() {}

  /** Everything that is decided on: reports, cases, orders, answers, acts, rules, clocks. */
  public static List<String> decisive(Collection<String> banks) {
    List<String> topics = new ArrayList<>(DECISIVE);
    for (String bank : banks) {
      OF_A_BANK.forEach(kind -> topics.add("bank." + bank + "." + kind));
    }
    return topics;
  }

  /** The events that a rule could use, and the trace's words: many, and nothing waits for them. */
  public static List<String> events() {
    return List.of(ENRICHED, HOPS, TRACED, FOLLOW_ONS);
  }
}
