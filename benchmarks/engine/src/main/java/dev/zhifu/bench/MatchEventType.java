package dev.zhifu.bench;

import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchEventSerializer;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's type of a matching event, by its own serializer. */
final class MatchEventType extends TypeInformation<MatchEvent> {
  private static final long serialVersionUID = 1L;

  static final MatchEventType INSTANCE = new MatchEventType();

  private MatchEventType() {}

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<MatchEvent> getTypeClass() {
    return MatchEvent.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<MatchEvent> createSerializer(SerializerConfig config) {
    return new MatchEventSerializer();
  }

  @Override
  public String toString() {
    return "MatchEvent";
  }

  @Override
  public boolean equals(Object other) {
    return canEqual(other);
  }

  @Override
  public int hashCode() {
    return MatchEventType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof MatchEventType;
  }
}
