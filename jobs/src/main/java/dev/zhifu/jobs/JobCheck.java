package dev.zhifu.jobs;

import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.schemas.access.AccessCheck;
import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.crypto.EngineSigner;
import dev.zhifu.schemas.crypto.KeyDirectoryFile;
import dev.zhifu.schemas.registry.SubjectsCommand;
import dev.zhifu.schemas.topics.Grant;
import dev.zhifu.schemas.topics.TopicTable;
import dev.zhifu.schemas.wire.SchemaRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Says in words, before the job is submitted, whether what it needs is there: a job that restarts
 * for ever because a topic is missing tells nobody.
 */
final class JobCheck {
  private static final int BROKER_SECONDS = 15;

  private final JobSettings settings;
  private final String principal;
  private final PrintStream out;
  private boolean fits = true;

  private JobCheck(JobSettings settings, String principal, PrintStream out) {
    this.settings = settings;
    this.principal = principal;
    this.out = out;
  }

  /**
   * Prints one line per finding; true when all fit.
   *
   * @param principal as the topic table names the job; the SCRAM user may have another name
   */
  static boolean run(JobSettings settings, String principal, PrintStream out) {
    JobCheck check = new JobCheck(settings, principal, out);
    check.environment();
    check.topics();
    check.subjects();
    check.stateFolder();
    return check.fits;
  }

  private void good(String what, String words) {
    out.printf("  ok    %-12s %s%n", what, words);
  }

  private void bad(String what, String words) {
    fits = false;
    out.printf("  FAILS %-12s %s%n", what, words);
  }

  private void environment() {
    try {
      EngineSigner signer =
          EngineSigner.load(settings.keyFile(), KeyDirectoryFile.read(settings.keyDirectory()));
      if (signer.environment() == settings.environment()) {
        good(
            "environment",
            signer.environment() + ", by the key directory's entry of " + signer.keyId());
      } else {
        bad(
            "environment",
            "signing key "
                + signer.keyId()
                + " is "
                + signer.environment()
                + ", the setting says "
                + settings.environment()
                + "; use the key that belongs here, or correct the setting");
      }
    } catch (RuntimeException e) {
      bad("environment", e.getMessage());
    }
  }

  private void topics() {
    KafkaAccess access = settings.kafka();
    Optional<String> fault = AccessCheck.broker(access, AccessNames.SETTINGS);
    if (fault.isPresent()) {
      bad("broker", fault.get());
      return;
    }
    Properties properties = access.properties();
    properties.setProperty("default.api.timeout.ms", String.valueOf(BROKER_SECONDS * 1000));
    properties.setProperty("request.timeout.ms", String.valueOf(BROKER_SECONDS * 1000));
    try (Admin admin = Admin.create(properties)) {
      Set<String> there = admin.listTopics().names().get(BROKER_SECONDS, TimeUnit.SECONDS);
      good("broker", access.bootstrap() + " answers user " + access.user());
      List<String> missing = new ArrayList<>();
      for (Grant grant :
          TopicTable.standard().aclsFor(principal, settings.channels().withOrders())) {
        // The topics of others are neither needed nor visible.
        if (grant.resource() == Grant.Resource.TOPIC && !there.contains(grant.name())) {
          missing.add(grant.name());
        }
      }
      if (missing.isEmpty()) {
        good("topics", "all topics that " + principal + " uses are there and visible");
      } else {
        bad(
            "topics",
            String.join(", ", new TreeSet<>(missing))
                + " missing or not visible to "
                + access.user()
                + "; run ./zhifu topics apply");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      bad("broker", "interrupted");
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      bad(
          "broker",
          access.bootstrap() + " does not answer user " + access.user() + ": " + e.getMessage());
    }
  }

  private void subjects() {
    String url = settings.registry().url();
    Optional<String> fault = SchemaRegistry.fault(settings.registry(), AccessNames.SETTINGS);
    if (fault.isPresent()) {
      bad("subjects", fault.get());
      return;
    }
    try {
      List<String> problems = SubjectsCommand.check(settings.registry());
      if (problems.isEmpty()) {
        good("subjects", "every contract is registered at " + url);
      } else {
        bad("subjects", String.join("; ", problems) + "; run ./zhifu subjects register");
      }
    } catch (RuntimeException e) {
      bad("subjects", url + " does not answer: " + e.getMessage());
    }
  }

  private void stateFolder() {
    try {
      Files.createDirectories(settings.stateDir());
      if (Files.isWritable(settings.stateDir())) {
        good("state folder", settings.stateDir().toString());
      } else {
        bad("state folder", settings.stateDir() + " cannot be written; checkpoints need it");
      }
    } catch (IOException e) {
      bad("state folder", settings.stateDir() + " cannot be made: " + e.getMessage());
    }
  }
}
