package dev.zhifu.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.schemas.access.Tls;
import dev.zhifu.schemas.topics.Grant;
import dev.zhifu.schemas.topics.TopicSpec;
import dev.zhifu.schemas.topics.TopicTable;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.broker.Provisioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the broker's own authorizer lets each principal do. */
class PermissionsIT {
  private final LocalStack stack = SharedStack.get();

  @ParameterizedTest
  @ValueSource(strings = {"decisions", "holds", "orders", "inbound"})
  void aBankReadsNothingOfAnotherBank(String kind) {
    assertThatThrownBy(() -> read("bank-B01", "bank.B02." + kind))
        .isInstanceOf(TopicAuthorizationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"decisions", "holds", "orders"})
  void aBankReadsItsOwnTopics(String kind) {
    assertThat(read("bank-B01", "bank.B01." + kind)).isGreaterThanOrEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bank.B01.orders",
        "bank.B01.holds",
        "bank.B01.decisions",
        "bank.B02.inbound",
        "stop.requests"
      })
  void aBankWritesNothingButItsAnswers(String topic) {
    assertThatThrownBy(() -> write("bank-B01", topic))
        .cause()
        .isInstanceOf(TopicAuthorizationException.class);
  }

  @Test
  void nobodyButTheEngineWritesOrders() {
    List<String> others =
        TopicTable.standard().principalsFor(SharedStack.BANKS).stream()
            .filter(principal -> !principal.equals("engine"))
            .toList();

    assertThat(others).hasSizeGreaterThan(5);
    for (String principal : others) {
      assertThatThrownBy(() -> write(principal, "bank.B01.orders"))
          .as(principal)
          .cause()
          .isInstanceOf(AuthorizationException.class);
    }
  }

  @Test
  void everyPrincipalMayDoWhatTheTableGrantsAndNothingElse() throws Exception {
    List<String> differences = new ArrayList<>();
    for (String principal : TopicTable.standard().principalsFor(SharedStack.BANKS)) {
      Set<String> granted = granted(principal);
      Set<String> allowed = allowed(principal);
      if (!granted.equals(allowed)) {
        differences.add(principal + ": table " + granted + ", broker " + allowed);
      }
    }

    assertThat(differences).isEmpty();
  }

  @Test
  void whoDoesNotAuthenticateIsRefused() {
    BrokerAccess anonymous = new BrokerAccess(stack.info().bootstrap(), "", "", Tls.NONE);

    assertThatThrownBy(() -> read(anonymous, "dead.letters")).isInstanceOf(TimeoutException.class);
  }

  @Test
  void aWrongPasswordIsRefused() {
    BrokerAccess impostor = stack.access("engine").as("engine", "guessed");

    assertThatThrownBy(() -> read(impostor, "dead.letters"))
        .isInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void applyingTheTableAgainChangesNothing() {
    try (Provisioner provisioner = new Provisioner(stack.access("admin"), SharedStack.BANKS)) {
      provisioner.apply((short) 1);

      assertThat(provisioner.differences()).isEmpty();
    }
  }

  @Test
  void aBankThatIsNotYetSetUpIsReported() {
    try (Provisioner provisioner =
        new Provisioner(stack.access("admin"), List.of("B01", "B02", "B03", "B77"))) {
      assertThat(provisioner.differences())
          .contains("topic bank.B77.orders is missing")
          .anyMatch(line -> line.contains("bank-B77 may READ topic bank.B77.orders"));
    }
  }

  @Test
  void topicsAreNeverCreatedByUse() {
    assertThatThrownBy(() -> write("admin", "no.such.topic")).isInstanceOf(Exception.class);
    try (Admin admin = Admin.create(stack.access("admin").clientProperties())) {
      assertThat(admin.listTopics().names().get()).doesNotContain("no.such.topic");
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> granted(String principal) {
    return TopicTable.standard().aclsFor(principal, SharedStack.BANKS).stream()
        .filter(grant -> grant.resource() == Grant.Resource.TOPIC)
        .filter(grant -> grant.operation() != Grant.Operation.DESCRIBE)
        .map(grant -> grant.operation() + " " + grant.name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> allowed(String principal) throws Exception {
    Set<String> allowed = new TreeSet<>();
    List<String> topics =
        TopicTable.standard().topicsFor(SharedStack.BANKS).stream().map(TopicSpec::name).toList();
    try (Admin admin = Admin.create(stack.access(principal).clientProperties())) {
      var answers =
          admin
              .describeTopics(topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
              .topicNameValues();
      for (String topic : topics) {
        try {
          answers.get(topic).get().authorizedOperations().stream()
              .filter(operation -> operation != AclOperation.DESCRIBE)
              .forEach(operation -> allowed.add(operation + " " + topic));
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(TopicAuthorizationException.class);
        }
      }
    }
    return allowed;
  }

  private int read(String principal, String topic) {
    return read(stack.access(principal), topic);
  }

  private static int read(BrokerAccess access, String topic) {
    Properties properties = access.clientProperties();
    properties.put("default.api.timeout.ms", "5000");
    properties.put("request.timeout.ms", "4000");
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      consumer.position(partition);
      return consumer.poll(Duration.ofMillis(200)).count();
    }
  }

  private void write(String principal, String topic) throws Exception {
    Properties properties = stack.access(principal).clientProperties();
    properties.put("max.block.ms", "5000");
    properties.put("delivery.timeout.ms", "6000");
    properties.put("request.timeout.ms", "4000");
    properties.put("linger.ms", "0");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, new byte[0], new byte[0])).get();
    }
  }
}
