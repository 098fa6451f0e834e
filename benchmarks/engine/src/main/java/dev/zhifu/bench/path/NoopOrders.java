package dev.zhifu.bench.path;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.io.RawRecord;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReportedTransfer;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * An envelope for the first account of each accepted report. It is not signed and no order: a bank
 * would refuse it; its key id says so and names the act.
 */
final class NoopOrders implements FlatMapFunction<OfficerAct, AddressedOrder> {
  private static final long serialVersionUID = 1L;

  /** Bytes of an order's payload and of its signature. */
  private static final int PAYLOAD_BYTES = 700;

  private static final int SIGNATURE_BYTES = 71;

  @Override
  public void flatMap(OfficerAct act, Collector<AddressedOrder> out) {
    for (ReportedTransfer first : act.getReport().getTransfers().stream().limit(1).toList()) {
      out.collect(
          new AddressedOrder(
              first.getPayee().getBank(),
              first.getPayee().getAccountToken(),
              new OrderEnvelope(
                  ByteBuffer.allocate(PAYLOAD_BYTES),
                  1,
                  "noop:" + act.getActId(),
                  ByteBuffer.allocate(SIGNATURE_BYTES))));
    }
  }

  /** Acts that accept a report; nobody checks their signatures here. */
  static final class Acceptances extends RichFlatMapFunction<RawRecord, OfficerAct> {
    private static final long serialVersionUID = 1L;
    private final RegistrySettings registry;
    private transient AvroCodec codec;

    Acceptances(RegistrySettings registry) {
      this.registry = registry;
    }

    @Override
    public void open(OpenContext context) {
      codec = registry.codec();
    }

    @Override
    public void flatMap(RawRecord record, Collector<OfficerAct> out) throws WireException {
      OfficerAct act = codec.deserialize(record.topic(), record.value(), OfficerAct.class);
      if (act.getKind() == ActKind.ACCEPT_REPORT && act.getReport() != null) {
        out.collect(act);
      }
    }
  }
}
