package dev.zhifu.stack.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the load's process does; {@code gateway.json} of the run's folder. Rates are over all banks.
 *
 * @param gateway its address
 * @param consolePid its process
 * @param brokerPid the broker's
 * @param rates of questions, a second
 * @param warmSeconds before each stretch is measured
 * @param seconds of each stretch
 * @param inFlight questions that each bank has open at a time when the gateway is saturated
 * @param orderRates of orders, a second
 * @param backlog orders written at once
 * @param downRate of orders while one bank is silent, a second
 * @param askedBeside of questions meanwhile, a second
 * @param downSeconds of silence; as long before and after it
 */
record GatewayPlan(
    String gateway,
    long consolePid,
    long brokerPid,
    List<Integer> rates,
    int warmSeconds,
    int seconds,
    int inFlight,
    List<Integer> orderRates,
    int backlog,
    int downRate,
    int askedBeside,
    int downSeconds) {
  static final String FILE = "gateway.json";
  static final String RESULT = "gateway-result.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  void write(Path runRoot) {
    try {
      Files.writeString(runRoot.resolve(FILE), JSON.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new StackException("cannot write " + runRoot.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }

  static GatewayPlan read(Path runRoot) {
    try {
      return JSON.readValue(Files.readAllBytes(runRoot.resolve(FILE)), GatewayPlan.class);
    } catch (IOException e) {
      throw new StackException("cannot read " + runRoot.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }
}
