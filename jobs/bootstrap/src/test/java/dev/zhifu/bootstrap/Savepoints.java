package dev.zhifu.bootstrap;

import dev.zhifu.jobs.features.FeatureState;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.SavepointReader;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;

/** Reads a feature step's state out of a savepoint. */
final class Savepoints {
  private static final TypeInformation<Tuple2<String, String>> PAIR =
      Types.TUPLE(Types.STRING, Types.STRING);

  private Savepoints() {}

  /** Each key's bytes in hex. */
  static Map<String, String> read(String savepoint, String uid, String stateName) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    SavepointReader reader =
        SavepointReader.read(env, savepoint, new EmbeddedRocksDBStateBackend());
    Map<String, String> states = new TreeMap<>();
    try (CloseableIterator<Tuple2<String, String>> each =
        reader
            .readKeyedState(OperatorIdentifier.forUid(uid), new Read(stateName), Types.STRING, PAIR)
            .executeAndCollect()) {
      each.forEachRemaining(pair -> states.put(pair.f0, pair.f1));
    }
    return states;
  }

  private static final class Read extends KeyedStateReaderFunction<String, Tuple2<String, String>> {
    private static final long serialVersionUID = 1L;

    private final String stateName;
    private transient ValueState<byte[]> kept;

    Read(String stateName) {
      this.stateName = stateName;
    }

    @Override
    public void open(OpenContext context) {
      kept = getRuntimeContext().getState(FeatureState.descriptor(stateName));
    }

    @Override
    public void readKey(String key, Context context, Collector<Tuple2<String, String>> out)
        throws Exception {
      out.collect(Tuple2.of(key, HexFormat.of().formatHex(kept.value())));
    }
  }
}
