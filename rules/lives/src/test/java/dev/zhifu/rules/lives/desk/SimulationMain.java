package dev.zhifu.rules.lives.desk;

import java.util.ArrayList;
import java.util.List;

/**
 * A block of {@link LifeSimulationTest}'s histories as a process: {@code lives from cases threads}.
 * The last line says how many transitions were held against their tables, then the seeds that broke
 * one. Exit code 0 even then: the caller counts.
 */
public final class SimulationMain {
  private SimulationMain() {}

  /** Runs them, one after the other; see the class. */
  public static void main(String[] arguments) {
    long from = Long.parseLong(arguments[1]);
    long cases = Long.parseLong(arguments[2]);
    long transitions = 0;
    List<Long> broken = new ArrayList<>();
    for (long seed = from; seed < from + cases; seed++) {
      try {
        transitions += LifeSimulationTest.checked(seed).transitions.size();
      } catch (AssertionError | RuntimeException e) {
        System.out.println("seed " + seed + ": " + e);
        broken.add(seed);
      }
    }
    System.out.println(transitions + " " + broken);
  }
}
