package dev.zhifu.stack.preflight;

import dev.zhifu.schemas.access.AccessCheck;
import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyDirectoryFile;
import dev.zhifu.schemas.crypto.KeyEntry;
import dev.zhifu.schemas.crypto.KeyFile;
import dev.zhifu.schemas.registry.SubjectsCommand;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.RegistryUnavailableException;
import dev.zhifu.schemas.wire.SchemaRegistry;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.flink.FlinkCluster;
import dev.zhifu.stack.flink.FlinkRest;
import dev.zhifu.stack.flink.JobSettings;
import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says, before a job is submitted, whether everything it needs is there and fits. */
public final class Preflight {
  private static final int JAVA = 17;
  private static final long JOB_MANAGER_MIB = 1024;
  private static final long TASK_MANAGER_MIB = 1728;
  private static final long STACK_MIB = 800;

  private final Layout layout;

  /** Looks with what the clone's build has made. */
  public Preflight(Layout layout) {
    this.layout = layout;
  }

  /** What can be looked at before a cluster is started. */
  public List<Finding> beforeStart(int taskManagers) {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(flinkLib());
    findings.add(jobJar());
    findings.add(freeMemory(JOB_MANAGER_MIB + taskManagers * TASK_MANAGER_MIB + STACK_MIB));
    for (String subject :
        List.of("environment", "broker", "topics", "permissions", "subjects", "state folder")) {
      findings.add(Finding.later(subject, "no cluster runs yet; ./zhifu cluster start sets it up"));
    }
    return findings;
  }

  /**
   * Everything, for the detection job with these settings on the cluster at {@code webUrl}.
   *
   * @param settings of the job to be submitted
   * @param webUrl Flink's REST address
   */
  public List<Finding> of(JobSettings settings, String webUrl) {
    return of(settings, null, webUrl);
  }

  /**
   * The same with the recovery job beside it.
   *
   * @param recovery its settings; null without it
   */
  public List<Finding> of(JobSettings settings, JobSettings recovery, String webUrl) {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(flinkLib());
    findings.add(jobJar());
    int slots = settings.parallelism() + (recovery == null ? 0 : recovery.parallelism());
    findings.addAll(cluster(new FlinkRest(webUrl), slots));
    findings.add(environment(settings));
    findings.add(tls(settings));
    findings.addAll(broker(settings));
    findings.add(subjects(settings));
    findings.add(stateFolder(Path.of(settings.get("state.dir"))));
    if (recovery != null) {
      findings.add(environment(recovery));
      findings.add(tls(recovery));
      findings.addAll(broker(recovery));
      findings.add(stateFolder(Path.of(recovery.get("state.dir"))));
    }
    return findings;
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    String words = "Java " + Runtime.version() + " from " + System.getProperty("java.home");
    return version >= JAVA
        ? Finding.fits("java", words)
        : Finding.fails("java", words + "; " + JAVA + " or newer is needed");
  }

  private Finding flinkLib() {
    return flinkVersion()
        .map(version -> Finding.fits("flink", "Flink " + version + " in " + layout.flinkLib()))
        .orElseGet(
            () ->
                Finding.fails(
                    "flink", "no flink-core in deploy/flink/target/lib; build deploy/flink"));
  }

  private Optional<String> flinkVersion() {
    try (Stream<Path> jars = Files.list(layout.flinkLib())) {
      return jars.map(jar -> jar.getFileName().toString())
          .filter(name -> name.matches("flink-core-\\d.*\\.jar"))
          .map(name -> name.substring("flink-core-".length(), name.length() - ".jar".length()))
          .findFirst();
    } catch (IOException | StackException e) {
      return Optional.empty();
    }
  }

  private Finding jobJar() {
    try {
      Path jar = layout.jobJar();
      return Finding.fits("job", jar + ", " + Files.size(jar) / 1024 / 1024 + " MiB");
    } catch (IOException | StackException e) {
      return Finding.fails("job", e.getMessage());
    }
  }

  private static Finding freeMemory(long neededMib) {
    long free = availableMib();
    String words = free + " MiB free, at most " + neededMib + " MiB needed";
    return free >= neededMib
        ? Finding.fits("memory", words)
        : Finding.fails("memory", words + "; end other programs or start fewer TaskManagers");
  }

  private static long availableMib() {
    try {
      return Files.readAllLines(Path.of("/proc/meminfo")).stream()
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private List<Finding> cluster(FlinkRest rest, int parallelism) {
    Optional<FlinkRest.Overview> overview = rest.overview();
    if (overview.isEmpty()) {
      return List.of(
          Finding.fails(
              "cluster", "Flink's JobManager does not answer; see ./zhifu cluster status"));
    }
    FlinkRest.Overview at = overview.get();
    String ours = flinkVersion().orElse("?");
    List<Finding> findings = new ArrayList<>();
    findings.add(
        at.flinkVersion().equals(ours)
            ? Finding.fits("cluster", "JobManager and client are both Flink " + ours)
            : Finding.fails(
                "cluster", "JobManager is Flink " + at.flinkVersion() + ", the client " + ours));
    String slots = at.freeSlots() + " of " + at.slots() + " slots free, " + parallelism + " needed";
    findings.add(
        at.freeSlots() >= parallelism
            ? Finding.fits(
                "memory",
                slots
                    + "; "
                    + TASK_MANAGER_MIB
                    + " MiB a TaskManager of "
                    + FlinkCluster.SLOTS
                    + " slots")
            : Finding.fails(
                "memory", slots + "; stop the job that runs or start more TaskManagers"));
    return findings;
  }

  private static Finding environment(JobSettings settings) {
    try {
      KeyDirectory directory = KeyDirectoryFile.read(Path.of(settings.get("key.directory")));
      KeyEntry key =
          directory.require(KeyFile.read(Path.of(settings.get("engine.key.file")), null).keyId());
      String is = key.environment().toString();
      String said = settings.get("environment").isEmpty() ? "DEMO" : settings.get("environment");
      if (!is.equals(said)) {
        return Finding.fails(
            "environment",
            "signing key " + key.keyId() + " is " + is + ", the settings say " + said);
      }
      return Finding.fits("environment", is + ": signing key " + key.keyId() + meaning(is));
    } catch (CryptoException e) {
      return Finding.fails("environment", e.getMessage());
    }
  }

  private static String meaning(String environment) {
    return environment.equals("PRODUCTION")
        ? "; its orders stop real accounts"
        : "; production banks refuse its orders";
  }

  /** What the job's own reading of these settings would refuse. */
  private static Finding tls(JobSettings settings) {
    String truststore = settings.get("kafka.truststore.file");
    try {
      String environment = settings.get("environment");
      List<String> faults =
          AccessCheck.inTheClear(
              environment.isEmpty() ? Environment.DEMO : Environment.valueOf(environment),
              truststore,
              settings.get("kafka.key.file"),
              settings.get("kafka.user"),
              settings.get("registry.url"),
              AccessNames.SETTINGS);
      if (!faults.isEmpty()) {
        return Finding.fails("tls", String.join("; ", faults));
      }
    } catch (IllegalArgumentException e) {
      return Finding.fails("tls", "environment must be DEMO, DRILL or PRODUCTION");
    }
    return Finding.fits(
        "tls",
        truststore.isEmpty()
            ? "none: DEMO speaks in the clear"
            : "brokers and registry by certificates of " + truststore);
  }

  private static List<Finding> broker(JobSettings settings) {
    try {
      return new JobAccess(settings.access(), settings.principal(), settings.banks()).look();
    } catch (IllegalArgumentException e) {
      return List.of(Finding.fails("broker", e.getMessage()));
    }
  }

  private static Finding subjects(JobSettings settings) {
    try {
      RegistrySettings registry = settings.registry();
      Optional<String> fault = SchemaRegistry.fault(registry, AccessNames.SETTINGS);
      if (fault.isPresent()) {
        return Finding.fails("subjects", fault.get());
      }
      List<String> differences = SubjectsCommand.check(registry);
      return differences.isEmpty()
          ? Finding.fits(
              "subjects", "all subjects at " + registry.url() + " have this build's schemas")
          : Finding.fails(
              "subjects", String.join(", ", differences) + "; run ./zhifu subjects register");
    } catch (RegistryUnavailableException | IllegalArgumentException e) {
      return Finding.fails("subjects", e.getMessage());
    }
  }

  private static Finding stateFolder(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "check", ".tmp"));
      return Finding.fits("state folder", folder + " can be written");
    } catch (IOException e) {
      return Finding.fails("state folder", folder + " cannot be written: " + e.getMessage());
    }
  }
}
