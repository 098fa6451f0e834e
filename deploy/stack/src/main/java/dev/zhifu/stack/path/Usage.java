package dev.zhifu.stack.path;

import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What processes use of the machine, as the operating system says. */
public final class Usage {
  private static final double TICKS_A_SECOND = 100;
  private static final int USER = 11;
  private static final int KIB = 1024;

  private Usage() {}

  /** CPU seconds, user and system, that these processes have used so far; ended ones count none. */
  public static double cpuSeconds(List<Long> pids) {
    double seconds = 0;
    for (long pid : pids) {
      String stat = read(Path.of("/proc/" + pid + "/stat"));
      if (!stat.isEmpty()) {
        // The command may hold blanks; what follows it does not.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        seconds +=
            (Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1])) / TICKS_A_SECOND;
      }
    }
    return seconds;
  }

  /** Resident memory of these processes, bytes. */
  static long residentBytes(List<Long> pids) {
    long bytes = 0;
    for (long pid : pids) {
      for (String line : read(Path.of("/proc/" + pid + "/status")).split("\n")) {
        if (line.startsWith("VmRSS:")) {
          bytes += Long.parseLong(line.replaceAll("\\D", "")) * KIB;
        }
      }
    }
    return bytes;
  }

  /** Processes that wait to run or run, on the mean of the last minute. */
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** Stops processes where they stand; {@link #release} lets them go on. */
  static void hold(List<Long> pids) {
    signal("-STOP", pids);
  }

  /** Lets held processes go on. */
  static void release(List<Long> pids) {
    signal("-CONT", pids);
  }

  private static void signal(String signal, List<Long> pids) {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    pids.forEach(pid -> command.add(String.valueOf(pid)));
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new StackException("'" + String.join(" ", command) + "' ended with code " + code);
      }
    } catch (IOException e) {
      throw new StackException("kill cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while holding the job", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
