package dev.zhifu.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What {@link Prepare} says of its events.
 *
 * @param residents of the city
 * @param seed of the city
 * @param startMs event time at which the live days begin
 * @param endMs event time at which they end
 * @param historyEvents events before them
 * @param routes matching keys that all live events together go to, by number of rules
 * @param liveEvents events in them
 */
record Facts(
    int residents,
    long seed,
    long startMs,
    long endMs,
    int historyEvents,
    JsonNode routes,
    long liveEvents) {

  static Facts read(Path folder) throws IOException {
    JsonNode facts = new ObjectMapper().readTree(folder.resolve(Prepare.FACTS).toFile());
    return new Facts(
        facts.get("residents").asInt(),
        facts.get("seed").asLong(),
        facts.get("startMs").asLong(),
        facts.get("endMs").asLong(),
        facts.get("historyEvents").asInt(),
        facts.get("routesByRules"),
        facts.get("liveEvents").asLong());
  }

  /** Mean number of matching keys that a live event goes to with that many rules. */
  double routesPerEvent(int rules) {
    return routes.get(String.valueOf(rules)).asDouble() / liveEvents;
  }
}
