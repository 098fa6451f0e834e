package dev.zhifu.stack.flink;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.process.Ports;
import dev.zhifu.stack.process.RunDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flink's configuration folder of one run, made from the templates in {@code deploy/flink/conf}.
 *
 * @param folder holds {@code config.yaml} and the log configurations
 * @param restPort port of Flink's pages and REST interface
 */
public record FlinkConf(Path folder, int restPort) {
  private static final Pattern HOLE = Pattern.compile("\\$\\{([a-z.]+)}");
  private static final String CONFIG = "config.yaml";
  private static final String LOG = "log4j2.properties";
  private static final String CLIENT_LOG = "log4j2-client.properties";

  /**
   * Makes it.
   *
   * @param slots task slots of each TaskManager
   * @param processes number of processes that each need a port for metrics
   */
  static FlinkConf create(Layout layout, RunDir dir, Ports ports, int slots, int processes) {
    Path folder = dir.folder("flink/conf");
    Path state = dir.folder("flink/state");
    dir.folder("flink/state/upload");
    dir.folder("flink/state/tmp");
    int rest = ports.reserve();
    StringBuilder metrics = new StringBuilder().append(ports.reserve());
    for (int i = 1; i < processes; i++) {
      metrics.append(',').append(ports.reserve());
    }
    Map<String, String> values =
        Map.of(
            "jobmanager.rpc.port", String.valueOf(ports.reserve()),
            "rest.port", String.valueOf(rest),
            "state", state.toString(),
            "slots", String.valueOf(slots),
            "metrics.ports", metrics.toString());
    copy(layout.flinkConf().resolve(CONFIG), folder.resolve(CONFIG), values);
    copy(layout.flinkConf().resolve(LOG), folder.resolve(LOG), Map.of());
    copy(layout.flinkConf().resolve(CLIENT_LOG), folder.resolve(CLIENT_LOG), Map.of());
    return new FlinkConf(folder, rest);
  }

  /** The configuration that a running cluster was started with. */
  static FlinkConf of(Path runRoot, String webUrl) {
    return new FlinkConf(
        runRoot.resolve("flink/conf"),
        Integer.parseInt(webUrl.substring(webUrl.lastIndexOf(':') + 1)));
  }

  Path log() {
    return folder.resolve(LOG);
  }

  Path clientLog() {
    return folder.resolve(CLIENT_LOG);
  }

  /** Address of Flink's pages. */
  public String webUrl() {
    return "http://127.0.0.1:" + restPort;
  }

  private static void copy(Path from, Path to, Map<String, String> values) {
    try {
      Files.writeString(to, fill(from, Files.readString(from), values));
    } catch (IOException e) {
      throw new StackException("cannot write " + to + ": " + e.getMessage(), e);
    }
  }

  private static String fill(Path template, String text, Map<String, String> values) {
    // The heading comment explains ${…}; only names of settings match the pattern.
    return HOLE.matcher(text)
        .replaceAll(
            hole -> {
              String value = values.get(hole.group(1));
              if (value == null) {
                throw new StackException(
                    template + " asks for ${" + hole.group(1) + "}; known are " + values.keySet());
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
