package dev.zhifu.workload;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Says how far a run is and what it costs: CPU seconds of the thread that lives the city, and the
 * heap that is left after a collection. It reports and decides nothing.
 */
final class RunMeter {
  private static final double MIB = 1 << 20;

  private final PrintWriter out;
  private double lastCpu = cpu();
  private long lastEvents;

  RunMeter(PrintWriter out) {
    this.out = out;
  }

  private static double cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  private double lap() {
    double now = cpu();
    double spent = now - lastCpu;
    lastCpu = now;
    return spent;
  }

  private void say(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
    out.flush();
  }

  void built(CitySettings settings) {
    say(
        "city of %,d residents built in %.1f CPU s; fraud is %.1f times as dense as outside",
        settings.run().residents(), lap(), settings.enrichmentFactor());
  }

  void history(long transactions) {
    double spent = lap();
    say(
        "history: %,d transactions in %.1f CPU s, %,.0f a CPU second",
        transactions, spent, transactions / Math.max(spent, 1e-3));
  }

  /** What was lived in silence does not count. */
  void begins(City city) {
    lap();
    lastEvents = city.summary().events();
  }

  void hour(City city) {
    double spent = lap();
    long events = city.summary().events();
    long fresh = events - lastEvents;
    lastEvents = events;
    say(
        "%s %,d events; %,d in %.1f CPU s, %,.0f a CPU second",
        city.now(), events, fresh, spent, fresh / Math.max(spent, 1e-3));
    lap();
  }

  void end() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    say(
        "heap after a collection: %,.0f MiB of at most %,.0f",
        (runtime.totalMemory() - runtime.freeMemory()) / MIB, runtime.maxMemory() / MIB);
  }
}
