package dev.zhifu.stack.path;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the load's process does in one run; {@code path.json} of the run's folder.
 *
 * @param load file of {@link LoadMaker}
 * @param runIn live events sent first as fast as they go, and not measured
 * @param burst live events of the backlog whose draining is saturation
 * @param rates steady rates, events a second, in their order; 0 stands for half of saturation
 * @param half events a second for that 0, where it was found before; 0 takes it from this run
 * @param warmSeconds before each rate is measured
 * @param seconds of each rate
 * @param changeMs milliseconds between two rule changes; 0 changes none
 * @param killAfterSeconds of the last rate until a TaskManager is to be killed; 0 kills none
 * @param soakMinutes how long to go on at the last rate with a sample each minute; 0 not at all
 * @param catalogue folder of the rules to change
 * @param jobPids processes of the job
 * @param brokerPid the broker's process
 * @param gcLog the job's garbage collection log; empty when there is none
 */
record PathPlan(
    String load,
    long runIn,
    long burst,
    List<Double> rates,
    double half,
    int warmSeconds,
    int seconds,
    int changeMs,
    int killAfterSeconds,
    int soakMinutes,
    String catalogue,
    List<Long> jobPids,
    long brokerPid,
    String gcLog) {
  static final String FILE = "path.json";
  static final String RESULT = "path-result.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  void write(Path runRoot) {
    try {
      Files.writeString(runRoot.resolve(FILE), JSON.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new StackException("cannot write " + runRoot.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }

  static PathPlan read(Path runRoot) {
    try {
      return JSON.readValue(Files.readAllBytes(runRoot.resolve(FILE)), PathPlan.class);
    } catch (IOException e) {
      throw new StackException("cannot read " + runRoot.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }
}
