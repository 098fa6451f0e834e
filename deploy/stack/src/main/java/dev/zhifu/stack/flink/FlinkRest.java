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
import java.util.OptionalLong;

/** Questions to Flink's REST interface. Every answer is empty when it cannot be had now. */
public final class FlinkRest {
  /** Name of the detection job. */
  public static final String DETECTION = "zhifu-detection";

  /** Name of the recovery job. */
  public static final String RECOVERY = "zhifu-recovery";

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

  /** The newest job of this name that has not ended. */
  public Optional<Job> underWay(String name) {
    return jobs().stream()
        .filter(job -> job.name().equals(name))
        .filter(Job::isUnderWay)
        .findFirst();
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

  /** The newest completed checkpoint of a job. */
  public Optional<Checkpoint> newest(String jobId) {
    return get("/jobs/" + jobId + "/checkpoints")
        .map(node -> node.path("latest").path("completed"))
        .filter(node -> node.has("id"))
        .map(
            node ->
                new Checkpoint(
                    node.path("id").asLong(),
                    node.path("state_size").asLong(),
                    node.path("checkpointed_size").asLong(),
                    node.path("end_to_end_duration").asLong()));
  }

  /**
   * Records that a job's vertices of this name have read; empty when there is none.
   *
   * @param name a part of the vertex's name
   */
  public OptionalLong read(String jobId, String name) {
    Optional<JsonNode> job = get("/jobs/" + jobId);
    if (job.isEmpty()) {
      return OptionalLong.empty();
    }
    long read = 0;
    boolean found = false;
    for (JsonNode vertex : job.get().path("vertices")) {
      if (vertex.path("name").asText().contains(name)) {
        found = true;
        read += vertex.path("metrics").path("read-records").asLong();
      }
    }
    return found ? OptionalLong.of(read) : OptionalLong.empty();
  }

  /** Ids of TaskManagers that have tasks. */
  public List<String> busyTaskManagers() {
    List<String> busy = new ArrayList<>();
    get("/taskmanagers")
        .ifPresent(
            node ->
                node.path("taskmanagers")
                    .forEach(
                        one -> {
                          if (one.path("freeSlots").asInt() < one.path("slotsNumber").asInt()) {
                            busy.add(one.path("id").asText());
                          }
                        }));
    return busy;
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
   * One checkpoint.
   *
   * @param id counts from 1
   * @param stateBytes full size
   * @param checkpointedBytes what it wrote itself
   * @param durationMs from its trigger to its end, milliseconds
   */
  public record Checkpoint(long id, long stateBytes, long checkpointedBytes, long durationMs) {}

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
