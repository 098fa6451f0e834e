package dev.zhifu.stack.demo;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Headers of Kafka records that writers and the reporter agree on. */
final class Headers {
  /**
   * When the writer meant to send the record: UTC milliseconds in decimal digits. Latency counts
   * from here.
   */
  static final String SENT = "zhifu-sent";

  /**
   * Everything up to this event time has been sent on this partition: UTC milliseconds in decimal
   * digits.
   */
  static final String HEARTBEAT = "zhifu-heartbeat";

  private Headers() {}

  static byte[] millis(long value) {
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }

  static OptionalLong sent(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(SENT);
    return header == null
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII)));
  }
}
