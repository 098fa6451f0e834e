package dev.zhifu.stack.broker;

import dev.zhifu.schemas.topics.Grant;
import dev.zhifu.schemas.topics.TopicSpec;
import dev.zhifu.schemas.topics.TopicTable;
import dev.zhifu.stack.StackException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Sets up a broker as the topic table says, and says what differs. Applying twice changes nothing;
 * nothing is ever deleted: a topic or permission that the table does not know is reported, and left
 * to a person.
 */
public final class Provisioner implements AutoCloseable {
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int SCRAM_ITERATIONS = 4096;

  private final Admin admin;
  private final TopicTable table;
  private final List<String> banks;

  /**
   * Provisions as an administrator.
   *
   * @param access an administrator of the broker
   * @param banks codes of banks with channel DIRECT
   */
  public Provisioner(BrokerAccess access, Collection<String> banks) {
    this(access, TopicTable.standard(), banks);
  }

  Provisioner(BrokerAccess access, TopicTable table, Collection<String> banks) {
    this.admin = Admin.create(access.clientProperties());
    this.table = table;
    this.banks = List.copyOf(banks);
  }

  /** Full names of all principals of the table. */
  public List<String> principals() {
    return table.principalsFor(banks);
  }

  /** Makes a SCRAM user of each principal. */
  public void users(Credentials credentials) {
    ScramCredentialInfo scram =
        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, SCRAM_ITERATIONS);
    await(
        "make users",
        admin
            .alterUserScramCredentials(
                principals().stream()
                    .<org.apache.kafka.clients.admin.UserScramCredentialAlteration>map(
                        user ->
                            new UserScramCredentialUpsertion(
                                user, scram, credentials.password(user)))
                    .toList())
            .all());
  }

  /** Makes what is missing and sets what differs. */
  public void apply(short replication) {
    createTopics(replication);
    setConfigs();
    createGrants();
  }

  private void createTopics(short replication) {
    Set<String> existing = existing();
    List<NewTopic> missing =
        table.topicsFor(banks).stream()
            .filter(topic -> !existing.contains(topic.name()))
            .map(
                topic ->
                    new NewTopic(topic.name(), topic.partitions(), replication)
                        .configs(topic.config()))
            .toList();
    await("create topics", admin.createTopics(missing).all());
  }

  private void setConfigs() {
    List<Difference> differences = configDifferences(descriptions(existing()).keySet());
    Map<ConfigResource, Collection<AlterConfigOp>> changes =
        differences.stream()
            .collect(
                Collectors.groupingBy(
                    difference -> resource(difference.topic()),
                    Collectors.mapping(
                        difference ->
                            new AlterConfigOp(
                                new ConfigEntry(difference.key(), difference.wanted()),
                                AlterConfigOp.OpType.SET),
                        Collectors.toCollection(ArrayList::new))));
    if (!changes.isEmpty()) {
      await("set topics' settings", admin.incrementalAlterConfigs(changes).all());
    }
  }

  private void createGrants() {
    Set<AclBinding> present = present();
    List<AclBinding> missing = wanted().stream().filter(acl -> !present.contains(acl)).toList();
    if (!missing.isEmpty()) {
      await("create permissions", admin.createAcls(missing).all());
      awaitGrants(missing);
    }
  }

  /**
   * The controller has them before the broker applies them: whoever starts now would be refused.
   */
  private void awaitGrants(List<AclBinding> created) {
    long started = System.nanoTime(); // how long to wait, nothing else
    while (!present().containsAll(created)) {
      if (System.nanoTime() - started > LONGEST_WAIT_NANOS) {
        throw new StackException("the broker does not apply the permissions that it was given");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** What differs from the table, one sentence each; empty when all is as it says. */
  public List<String> differences() {
    List<String> found = new ArrayList<>();
    Map<String, TopicDescription> descriptions = descriptions(existing());
    for (TopicSpec topic : table.topicsFor(banks)) {
      topicDifference(topic, descriptions.get(topic.name())).ifPresent(found::add);
    }
    configDifferences(descriptions.keySet())
        .forEach(difference -> found.add(difference.sentence()));
    Set<AclBinding> wanted = wanted();
    Set<AclBinding> present = present();
    wanted.stream()
        .filter(acl -> !present.contains(acl))
        .forEach(acl -> found.add("missing: " + words(acl)));
    present.stream()
        .filter(acl -> !wanted.contains(acl))
        .forEach(acl -> found.add("not in the table: " + words(acl)));
    return found;
  }

  private static java.util.Optional<String> topicDifference(TopicSpec topic, TopicDescription is) {
    if (is == null) {
      return java.util.Optional.of("topic " + topic.name() + " is missing");
    }
    if (is.partitions().size() != topic.partitions()) {
      return java.util.Optional.of(
          "topic "
              + topic.name()
              + " has "
              + is.partitions().size()
              + " partition(s); the table says "
              + topic.partitions());
    }
    return java.util.Optional.empty();
  }

  private List<Difference> configDifferences(Set<String> topics) {
    List<TopicSpec> specs =
        table.topicsFor(banks).stream().filter(topic -> topics.contains(topic.name())).toList();
    Map<ConfigResource, Config> configs =
        await(
            "read topics' settings",
            admin
                .describeConfigs(specs.stream().map(topic -> resource(topic.name())).toList())
                .all());
    List<Difference> differences = new ArrayList<>();
    for (TopicSpec topic : specs) {
      Config config = configs.get(resource(topic.name()));
      topic
          .config()
          .forEach(
              (key, wanted) -> {
                String is = config.get(key).value();
                if (!wanted.equals(is)) {
                  differences.add(new Difference(topic.name(), key, is, wanted));
                }
              });
    }
    return differences;
  }

  private Set<String> existing() {
    return await("list topics", admin.listTopics().names());
  }

  private Map<String, TopicDescription> descriptions(Set<String> topics) {
    return await("describe topics", admin.describeTopics(topics).allTopicNames());
  }

  private Set<AclBinding> present() {
    return Set.copyOf(await("list permissions", admin.describeAcls(AclBindingFilter.ANY).values()));
  }

  private Set<AclBinding> wanted() {
    return principals().stream()
        .flatMap(principal -> table.aclsFor(principal, banks).stream())
        .map(Provisioner::binding)
        .collect(Collectors.toSet());
  }

  private static AclBinding binding(Grant grant) {
    return new AclBinding(
        new ResourcePattern(
            ResourceType.valueOf(grant.resource().name()),
            grant.name(),
            grant.prefixed() ? PatternType.PREFIXED : PatternType.LITERAL),
        new AccessControlEntry(
            "User:" + grant.principal(),
            "*",
            AclOperation.valueOf(grant.operation().name()),
            AclPermissionType.ALLOW));
  }

  private static String words(AclBinding acl) {
    return acl.entry().principal().replace("User:", "")
        + " may "
        + acl.entry().operation()
        + " "
        + acl.pattern().resourceType().name().toLowerCase(java.util.Locale.ROOT)
        + " "
        + acl.pattern().name()
        + (acl.pattern().patternType() == PatternType.PREFIXED ? "…" : "");
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static <T> T await(String what, KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new StackException(
          "the broker did not " + what + ": " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted before the broker could " + what, e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private record Difference(String topic, String key, String is, String wanted) {
    String sentence() {
      return "topic " + topic + " has " + key + "=" + is + "; the table says " + wanted;
    }
  }
}
