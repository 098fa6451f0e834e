package dev.zhifu.stack.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.zhifu.stack.StackException;
import dev.zhifu.workload.CitySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a demo run does; {@code demo.json} of its folder.
 *
 * @param set the city's set of parameters, A or B
 * @param seed the city's seed; everything else equal, it decides everything
 * @param residents people in the city
 * @param minutes city minutes to live; 0 is the whole of the city's days
 * @param events live events after which to stop; 0 is no limit
 * @param speed city seconds a second; 0 is as fast as the engine follows
 * @param enrichment multiplies the number of fraud stories
 * @param authorisation true when a standing authorisation lets the engine sign
 */
public record DemoPlan(
    String set,
    long seed,
    int residents,
    int minutes,
    long events,
    double speed,
    double enrichment,
    boolean authorisation) {
  private static final String FILE = "demo.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The city that this plan asks for. */
  public CitySettings city() {
    return CitySettings.ofSet(set)
        .withSeed(seed)
        .withResidents(residents)
        .withEnrichment(enrichment);
  }

  void write(Path runRoot) {
    try {
      Files.writeString(runRoot.resolve(FILE), JSON.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new StackException("cannot write " + runRoot.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }

  static DemoPlan read(Path runRoot) {
    try {
      return JSON.readValue(Files.readAllBytes(runRoot.resolve(FILE)), DemoPlan.class);
    } catch (IOException e) {
      throw new StackException("cannot read " + runRoot.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }
}
