package dev.zhifu.stack.demo;

import dev.zhifu.wire.DecisionKind;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** One screen that is drawn over itself on a terminal, one line every few seconds elsewhere. */
final class LiveView {
  private static final DateTimeFormatter CITY_CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);

  private final PrintWriter out;
  private final boolean terminal;
  private final String webUrl;
  private int drawn;
  private long plainNanos;
  private long lastEvents;
  private long lastNanos = System.nanoTime();

  LiveView(PrintWriter out, boolean terminal, String webUrl) {
    this.out = out;
    this.terminal = terminal;
    this.webUrl = webUrl;
  }

  /** Shows how things stand; call about once a second. */
  void show(Tally tally, long residentMiB) {
    long now = System.nanoTime();
    double rate = (tally.events() - lastEvents) * 1e9 / Math.max(1, now - lastNanos);
    if (terminal) {
      draw(screen(tally, rate, residentMiB));
    } else if (now - plainNanos < PLAIN_EVERY.toNanos()) {
      return;
    } else {
      plainNanos = now;
      out.println(line(tally, rate));
      out.flush();
    }
    lastEvents = tally.events();
    lastNanos = now;
  }

  private void draw(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    lines.forEach(line -> text.append("\u001b[2K").append(line).append('\n'));
    out.print(text);
    out.flush();
    drawn = lines.size();
  }

  private List<String> screen(Tally tally, double rate, long residentMiB) {
    return List.of(
        "",
        "  city time    " + clock(tally.cityTime()) + "   Flink " + webUrl,
        String.format(
            "  events       %,d live (%,.0f/s), %,d of history",
            tally.events(), rate, tally.history()),
        "  hits         " + tally.hitsByRule(),
        String.format("  cases        %,d   warnings %,d", tally.cases(), tally.warnings()),
        String.format(
            "  decisions    PASS %,d   HOLD %,d   unanswered %,d",
            tally.decisions(DecisionKind.PASS),
            tally.decisions(DecisionKind.HOLD),
            tally.unanswered()),
        String.format("  risk holds   %,d %s", tally.riskHolds(), tally.holdResults()),
        String.format("  requests     %,d %s", tally.requests(), tally.ordersByState()),
        String.format("  orders       %,d %s", tally.orders(), tally.ordersByOrigin()),
        "  receipts     " + tally.receiptsByResult(),
        "  stopped      "
            + Yuan.of(tally.stoppedBalanceFen())
            + " on accounts when their stop took effect",
        String.format(
            "  turned away  %,d dead letters   memory %,d MiB", tally.deadLetters(), residentMiB),
        "");
  }

  private static String line(Tally tally, double rate) {
    return String.format(
        "%s  events %,d (%,.0f/s)  hits %s  cases %,d  PASS %,d HOLD %,d  holds %,d  requests %,d  orders %,d  receipts %s",
        clock(tally.cityTime()),
        tally.events(),
        rate,
        tally.hitsByRule(),
        tally.cases(),
        tally.decisions(DecisionKind.PASS),
        tally.decisions(DecisionKind.HOLD),
        tally.riskHolds(),
        tally.requests(),
        tally.orders(),
        tally.receiptsByResult());
  }

  private static String clock(Instant at) {
    return at.equals(Instant.MIN) ? "not yet live" : CITY_CLOCK.format(at);
  }
}
