package dev.zhifu.stack.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.stack.StackException;
import dev.zhifu.workload.City;
import dev.zhifu.workload.CitySummary;
import dev.zhifu.workload.TruthStory;
import dev.zhifu.workload.WrongOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run came to by the city's truth; {@code truth.json} of its folder. No topic carries it.
 *
 * @param start start of the live time, ISO-8601
 * @param end where the city stopped, ISO-8601
 * @param summary of this run
 * @param withoutEngine of the same city up to the same moment with nobody to stop anything
 * @param stories every story and what became of it
 * @param wrongOrders signed orders that the truth calls wrong
 */
record CityTruth(
    String start,
    String end,
    CitySummary summary,
    CitySummary withoutEngine,
    List<TruthStory> stories,
    List<WrongOrder> wrongOrders) {
  static final String FILE = "truth.json";

  static CityTruth of(City city, City alone) {
    return new CityTruth(
        city.start().toString(),
        city.now().toString(),
        city.summary(),
        alone.summary(),
        city.stories(),
        city.wrongOrders());
  }

  static CityTruth read(Path runRoot) {
    try {
      return new ObjectMapper()
          .readValue(Files.readAllBytes(runRoot.resolve(FILE)), CityTruth.class);
    } catch (IOException e) {
      throw new StackException("cannot read " + runRoot.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }
}
