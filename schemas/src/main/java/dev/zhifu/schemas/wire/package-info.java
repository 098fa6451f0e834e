/**
 * The bytes on the topics: Confluent wire format (0x00, four bytes schema id, Avro binary) against
 * a real Schema Registry. Start with {@link dev.zhifu.schemas.wire.AvroCodec}; {@link
 * dev.zhifu.schemas.wire.SchemaRegistry} is the only class that touches Confluent's client; {@link
 * dev.zhifu.schemas.wire.Subjects} says which subject and which record class belong to a topic.
 */
package dev.zhifu.schemas.wire;
