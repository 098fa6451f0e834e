package dev.zhifu.jobs.docs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.BackendStateType;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonOptionsKeys;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.kafka.common.KafkaException;

/**
 * Starts one operator of the graph, takes a snapshot and reads from it which states there are: what
 * an operator registers is found whether or not anybody listed it. On the heap backend, whose
 * snapshot names the same states and serializers as RocksDB's in one readable file.
 */
final class StateProbe extends AbstractStreamOperatorTestHarness<Object> {
  private static final ClassLoader LOADER = StateProbe.class.getClassLoader();

  private final String uid;

  @SuppressWarnings("unchecked")
  private StateProbe(StreamNode node, int maxParallelism) throws Exception {
    super((StreamOperatorFactory<Object>) node.getOperatorFactory(), maxParallelism, 1, 0);
    uid = node.getTransformationUID();
    setStateBackend(new HashMapStateBackend());
    ((SerializerConfigImpl) getExecutionConfig().getSerializerConfig()).setGenericTypes(false);
    if (node.getStateKeySerializer() != null) {
      config.setStateKeySerializer(node.getStateKeySerializer());
      KeySelector<?, ?>[] selectors = node.getStatePartitioners();
      for (int i = 0; i < selectors.length; i++) {
        config.setStatePartitioner(i, selectors[i]);
      }
    }
    config.serializeAllConfigs();
  }

  /** States of the operator at {@code node}, by name. */
  @SuppressWarnings("unchecked")
  static List<KeptState> statesOf(StreamNode node, int maxParallelism) throws Exception {
    try (StateProbe probe = new StateProbe(node, maxParallelism)) {
      probe.setup((TypeSerializer<Object>) node.getTypeSerializerOut());
      probe.initializeEmptyState();
      try {
        probe.open();
      } catch (KafkaException unreachable) {
        // It asks the broker when it opens; its states are made before, when state is initialised.
      }
      return probe.read(probe.snapshot(1, 1));
    }
  }

  private List<KeptState> read(OperatorSubtaskState snapshot) throws IOException {
    List<KeptState> states = new ArrayList<>();
    for (KeyedStateHandle handle : snapshot.getManagedKeyedState()) {
      keyed((KeyGroupsStateHandle) handle, states);
    }
    for (OperatorStateHandle handle : snapshot.getManagedOperatorState()) {
      operator(handle, states);
    }
    states.sort(Comparator.comparing(KeptState::name));
    return states;
  }

  private void keyed(KeyGroupsStateHandle handle, List<KeptState> states) throws IOException {
    var proxy = new KeyedBackendSerializationProxy<>(LOADER);
    try (FSDataInputStream in = handle.openInputStream()) {
      proxy.read(new DataInputViewStreamWrapper(in));
    }
    TypeSerializer<?> key = proxy.getKeySerializerSnapshot().restoreSerializer();
    for (StateMetaInfoSnapshot info : proxy.getStateMetaInfoSnapshots()) {
      String kind =
          info.getBackendStateType() == BackendStateType.PRIORITY_QUEUE
              ? "timer"
              : info.getOption(CommonOptionsKeys.KEYED_STATE_TYPE).toLowerCase(Locale.ROOT);
      states.add(
          new KeptState(
              uid,
              info.getName(),
              kind,
              key,
              serializer(info, CommonSerializerKeys.VALUE_SERIALIZER)));
    }
  }

  private void operator(OperatorStateHandle handle, List<KeptState> states) throws IOException {
    var proxy = new OperatorBackendSerializationProxy(LOADER);
    try (FSDataInputStream in = handle.openInputStream()) {
      proxy.read(new DataInputViewStreamWrapper(in));
    }
    for (StateMetaInfoSnapshot info : proxy.getOperatorStateMetaInfoSnapshots()) {
      String mode = info.getOption(CommonOptionsKeys.OPERATOR_STATE_DISTRIBUTION_MODE);
      states.add(
          new KeptState(
              uid,
              info.getName(),
              mode.equals("UNION") ? "operator list, union" : "operator list",
              null,
              serializer(info, CommonSerializerKeys.VALUE_SERIALIZER)));
    }
    for (StateMetaInfoSnapshot info : proxy.getBroadcastStateMetaInfoSnapshots()) {
      states.add(
          new KeptState(
              uid,
              info.getName(),
              "broadcast",
              serializer(info, CommonSerializerKeys.KEY_SERIALIZER),
              serializer(info, CommonSerializerKeys.VALUE_SERIALIZER)));
    }
  }

  private static TypeSerializer<?> serializer(
      StateMetaInfoSnapshot info, CommonSerializerKeys key) {
    return info.getTypeSerializerSnapshot(key).restoreSerializer();
  }
}
