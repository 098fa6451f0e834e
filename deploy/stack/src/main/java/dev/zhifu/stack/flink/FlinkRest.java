package dev.zhifu.stack.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions to Flink's REST interface. Every answer is empty when it cannot be had now. */
public final class FlinkRest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final String url;

  /** Asks at {@code url}, for example {@code http://127.0.0.1:8081}. */
  public FlinkRest(String url) {
    this.url = url;
  }

  /** State of the cluster. */
  public Optional<Overview> overview() {
    return get("/overview")
        .map(
            node ->
                new Overview(
                    node.path("taskmanagers").asInt(),
                    node.path("slots-total").asInt(),
                    node.path("slots-available").asInt(),
                    node.path("flink-version").asText()));
  }

  /** All jobs that the cluster remembers, the newest first. */
  public List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    get("/jobs/overview")
        .ifPresent(
            node ->
                node.path("jobs")
                    .forEach(
                        job ->
                            jobs.add(
                                new Job(
                                    job.path("jid").asText(),
                                    job.path("name").asText(),
                                    job.path("state").asText(),
                                    job.path("start-time").asLong(),
                                    job.path("tasks").path("running").asInt(),
                                    job.path("tasks").path("total").asInt()))));
    jobs.sort((a, b) -> Long.compare(b.startedAt(), a.startedAt()));
    return jobs;
  }

  /** Checkpoints of a job. */
  public Optional<Checkpoints> checkpoints(String jobId) {
    return get("/jobs/" + jobId + "/checkpoints")
        .map(
            node ->
                new Checkpoints(
                    node.path("counts").path("completed").asLong(),
                    node.path("counts").path("failed").asLong(),
                    node.path("counts").path("restored").asLong(),
                    node.path("latest").path("completed").path("state_size").asLong(),
                    node.path("latest").path("completed").path("external_path").asText("")));
  }

  private Optional<JsonNode> get(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT).build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() == 200
          ? Optional.of(JSON.readTree(response.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * State of the cluster.
   *
   * @param taskManagers registered now
   * @param slots of all of them
   * @param freeSlots not in use
   * @param flinkVersion version of the JobManager
   */
  public record Overview(int taskManagers, int slots, int freeSlots, String flinkVersion) {}

  /**
   * One job.
   *
   * @param id Flink's id
   * @param name the job's name
   * @param state such as RUNNING
   * @param startedAt milliseconds since 1970
   * @param runningTasks tasks running now
   * @param tasks all tasks
   */
  public record Job(
      String id, String name, String state, long startedAt, int runningTasks, int tasks) {
    /** True until it has ended. */
    public boolean isUnderWay() {
      return List.of("CREATED", "INITIALIZING", "RUNNING", "RESTARTING", "FAILING", "CANCELLING")
          .contains(state);
    }
  }

  /**
   * Checkpoints of a job.
   *
   * @param completed so far
   * @param failed so far
   * @param restored times that the job was restored
   * @param stateBytes size of the newest
   * @param path where the newest lies
   */
  public record Checkpoints(
      long completed, long failed, long restored, long stateBytes, String path) {}
}
