package dev.zhifu.stack.demo;

import dev.zhifu.rules.lives.channel.PlatformTwin;
import dev.zhifu.rules.lives.channel.TransportAnswers;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.OrderChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The reference twin of the statutory platform on its topics: reads {@code recovery.requests},
 * answers on {@code recovery.answers}. It stands for a system that is not ours, in demo and tests
 * alone. Reads from the beginning: what it has answered before it answers again under the same id.
 * The twin's time is the request's own tick.
 */
public final class PlatformLink implements AutoCloseable {
  /** Principal of the topic table. */
  public static final String PRINCIPAL = "platform";

  private static final String REQUESTS = "recovery.requests";
  private static final String ANSWERS = "recovery.answers";

  private final PlatformTwin twin = new PlatformTwin();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroCodec codec;
  private final Set<String> carried;

  /**
   * @param access of the platform's adapter
   * @param codec of the registry
   * @param carried banks that the console's adapter serves: their requests go to the twin over
   *     HTTP, which has their stops, and this one leaves them alone
   */
  public PlatformLink(BrokerAccess access, AvroCodec codec, Collection<String> carried) {
    this.carried = Set.copyOf(carried);
    Properties properties = access.clientProperties();
    properties.put("enable.auto.commit", "false");
    properties.put("fetch.max.wait.ms", "20");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    Properties writing = access.clientProperties();
    writing.put("acks", "all");
    this.producer =
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    this.codec = codec;
    List<TopicPartition> partitions =
        consumer.partitionsFor(REQUESTS).stream()
            .map(info -> new TopicPartition(REQUESTS, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Answers what has come.
   *
   * @return answers written
   */
  public int step() {
    int answers = 0;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ZERO)) {
      ChannelRequest request = decoded(record);
      // What goes on paper is not the platform's; an officer types its answer in.
      ChannelAnswer answer =
          request.getChannel() == OrderChannel.PLATFORM && !carried.contains(request.getBank())
              ? answerOf(request, twin.take(request, request.getTickAt()))
              : null;
      if (answer != null) {
        producer.send(
            new ProducerRecord<>(
                ANSWERS,
                answer.getObjectId().getBytes(StandardCharsets.UTF_8),
                codec.serialize(ANSWERS, answer)));
        answers++;
      }
    }
    if (answers > 0) {
      producer.flush();
    }
    return answers;
  }

  /** The bank's answer; without one, what the transport's result means for the request. */
  private static ChannelAnswer answerOf(ChannelRequest request, PlatformTwin.Result result) {
    return result.answer() != null
        ? result.answer()
        : TransportAnswers.of(request, result.code(), request.getTickAt()).orElse(null);
  }

  private ChannelRequest decoded(ConsumerRecord<byte[], byte[]> record) {
    try {
      return codec.deserialize(REQUESTS, record.value(), ChannelRequest.class);
    } catch (WireException e) {
      throw new StackException(
          REQUESTS + " offset " + record.offset() + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
  }
}
