package dev.zhifu.stack.flink;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory of one TaskManager, split as Flink's own start script splits {@code
 * taskmanager.memory.process.size: 1728m}. The script works these values out before the JVM starts,
 * because the JVM's own options depend on them.
 */
final class TaskManagerMemory {
  private static final long MIB = 1024 * 1024;
  private static final long FRAMEWORK_HEAP = 128 * MIB;
  private static final long TASK_HEAP = 384 * MIB;
  private static final long FRAMEWORK_OFF_HEAP = 128 * MIB;
  private static final long NETWORK = 128 * MIB;
  private static final long MANAGED = 512 * MIB;
  private static final long METASPACE = 256 * MIB;
  private static final long OVERHEAD = 192 * MIB;

  private TaskManagerMemory() {}

  static String[] jvmOptions() {
    long heap = FRAMEWORK_HEAP + TASK_HEAP;
    return new String[] {
      "-XX:+UseG1GC",
      "-Xms" + heap / 2,
      "-Xmx" + heap,
      "-XX:MaxDirectMemorySize=" + (FRAMEWORK_OFF_HEAP + NETWORK),
      "-XX:MaxMetaspaceSize=" + METASPACE
    };
  }

  /** The same split as Flink's dynamic properties. */
  static List<String> properties(int slots) {
    List<String> properties = new ArrayList<>();
    add(properties, "taskmanager.cpu.cores", slots + ".0");
    addBytes(properties, "framework.heap.size", FRAMEWORK_HEAP);
    addBytes(properties, "task.heap.size", TASK_HEAP);
    addBytes(properties, "framework.off-heap.size", FRAMEWORK_OFF_HEAP);
    addBytes(properties, "task.off-heap.size", 0);
    addBytes(properties, "network.min", NETWORK);
    addBytes(properties, "network.max", NETWORK);
    addBytes(properties, "managed.size", MANAGED);
    addBytes(properties, "jvm-metaspace.size", METASPACE);
    addBytes(properties, "jvm-overhead.min", OVERHEAD);
    addBytes(properties, "jvm-overhead.max", OVERHEAD);
    return properties;
  }

  private static void addBytes(List<String> properties, String name, long bytes) {
    add(properties, "taskmanager.memory." + name, bytes + "b");
  }

  private static void add(List<String> properties, String name, String value) {
    properties.add("-D");
    properties.add(name + "=" + value);
  }
}
