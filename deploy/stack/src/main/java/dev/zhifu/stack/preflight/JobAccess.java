package dev.zhifu.stack.preflight;

import dev.zhifu.schemas.access.AccessCheck;
import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.topics.Grant;
import dev.zhifu.schemas.topics.TopicSpec;
import dev.zhifu.schemas.topics.TopicTable;
import dev.zhifu.stack.broker.BrokerAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks at a broker with a job's own credentials: is it there, does it have the topics, and does it
 * let the job do what the topic table grants. It needs no administrator, since a broker tells each
 * user what that user may do.
 */
final class JobAccess {
  private static final int LIMIT_SECONDS = 20;

  private final BrokerAccess access;
  private final String principal;
  private final List<String> banks;

  /**
   * @param principal the job as the topic table names it
   */
  JobAccess(BrokerAccess access, String principal, List<String> banks) {
    this.access = access;
    this.principal = principal;
    this.banks = banks;
  }

  List<Finding> look() {
    Optional<String> fault = AccessCheck.broker(access.kafka(), AccessNames.SETTINGS);
    if (fault.isPresent()) {
      return List.of(Finding.fails("broker", fault.get()));
    }
    Properties properties = access.clientProperties();
    properties.put("request.timeout.ms", "5000");
    properties.put("default.api.timeout.ms", "8000");
    try (Admin admin = Admin.create(properties)) {
      int brokers = await(admin.describeCluster().nodes()).size();
      return List.of(
          Finding.fits("broker", access + " answers; " + brokers + " broker(s)"),
          topics(admin),
          permissions(admin));
    } catch (ExecutionException | TimeoutException e) {
      return List.of(Finding.fails("broker", access + " does not answer: " + reason(e)));
    }
  }

  private Finding topics(Admin admin) throws TimeoutException {
    Map<String, TopicSpec> wanted =
        TopicTable.standard().topicsFor(banks).stream()
            .filter(topic -> grants().stream().anyMatch(grant -> grant.name().equals(topic.name())))
            .collect(Collectors.toMap(TopicSpec::name, topic -> topic));
    List<String> faults = new ArrayList<>();
    for (TopicSpec topic : wanted.values()) {
      describe(admin, topic.name(), faults, is -> partitions(topic, is, faults));
    }
    return faults.isEmpty()
        ? Finding.fits("topics", wanted.size() + " topics of " + principal + " are there")
        : Finding.fails("topics", shorten(faults) + "; run ./zhifu topics apply");
  }

  private static void partitions(TopicSpec topic, TopicDescription is, List<String> faults) {
    if (is.partitions().size() != topic.partitions()) {
      faults.add(
          topic.name()
              + " has "
              + is.partitions().size()
              + " partitions, not "
              + topic.partitions());
    }
  }

  private Finding permissions(Admin admin) throws TimeoutException {
    List<String> faults = new ArrayList<>();
    List<Grant> grants = grants();
    for (Grant grant : grants) {
      describe(
          admin,
          grant.name(),
          new ArrayList<>(),
          is -> {
            AclOperation operation = AclOperation.valueOf(grant.operation().name());
            if (!is.authorizedOperations().contains(operation)) {
              faults.add(access.user() + " may not " + operation + " " + grant.name());
            }
          });
    }
    return faults.isEmpty()
        ? Finding.fits(
            "permissions",
            access.user() + " may do what the topic table grants, " + grants.size() + " on topics")
        : Finding.fails("permissions", shorten(faults) + "; run ./zhifu topics apply");
  }

  private List<Grant> grants() {
    return TopicTable.standard().aclsFor(principal, banks).stream()
        .filter(grant -> grant.resource() == Grant.Resource.TOPIC)
        .toList();
  }

  private static void describe(
      Admin admin,
      String topic,
      List<String> faults,
      java.util.function.Consumer<TopicDescription> look)
      throws TimeoutException {
    try {
      look.accept(
          await(
              admin
                  .describeTopics(
                      List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                  .topicNameValues()
                  .get(topic)));
    } catch (ExecutionException e) {
      faults.add(
          e.getCause() instanceof UnknownTopicOrPartitionException
              ? topic + " is missing or hidden"
              : topic + ": " + reason(e));
    }
  }

  private static String shorten(List<String> faults) {
    List<String> shown = faults.subList(0, Math.min(3, faults.size()));
    return String.join(", ", shown)
        + (faults.size() > 3 ? " and " + (faults.size() - 3) + " more" : "");
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static <T> T await(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
    try {
      return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExecutionException(e);
    }
  }
}
