package dev.zhifu.jobs.docs;

import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * One state as an operator's snapshot names it.
 *
 * @param uid uid of its operator
 * @param name name of the state
 * @param kind value, map, list, broadcast, operator list or timer
 * @param key serializer of the key, or of a broadcast map's key; null for operator lists
 * @param value serializer of the whole value
 */
record KeptState(
    String uid, String name, String kind, TypeSerializer<?> key, TypeSerializer<?> value) {

  /** What an old savepoint must still fit: all but bounds and sizes. */
  String contract() {
    return "`%s` | `%s` | %s | %s | %s | %s"
        .formatted(
            uid,
            name,
            kind,
            key == null ? "–" : SerializerWords.of(key),
            SerializerWords.of(value),
            shape());
  }

  /** Eight hex digits over everything that is written, down to the last field. */
  String shape() {
    return SerializerWords.shape(
        key == null ? value.getClass().getName() : SerializerWords.deep(key),
        SerializerWords.deep(value));
  }

  @Override
  public String toString() {
    return uid + " " + name;
  }
}
