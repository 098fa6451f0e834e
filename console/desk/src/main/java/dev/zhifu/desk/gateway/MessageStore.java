package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.desk.projection.Decoder;
import dev.zhifu.desk.projection.TopicFeed.Place;
import dev.zhifu.desk.projection.TopicRecord;
import dev.zhifu.desk.projection.UnreadableException;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.TransferDecision;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages to banks and their answers, in the store; every call is about one bank alone. */
final class MessageStore {
  private static final Logger LOG = LoggerFactory.getLogger(MessageStore.class);

  private final Store store;
  private final Decoder decoder;

  MessageStore(Store store, Decoder decoder) {
    this.store = store;
    this.decoder = decoder;
  }

  /**
   * Takes records of one bank's topics; an offset counts once.
   *
   * @return the decisions among them, by transaction
   */
  Map<String, JsonNode> take(String bank, List<TopicRecord> records, Instant now) {
    Map<String, JsonNode> decisions = new HashMap<>();
    store
        .jdbi()
        .useTransaction(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      """
                      insert into own.bank_message (bank, stream, record_offset, message_id, account_token,
                        body, received_at, next_try_at)
                      values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
                      """);
              for (TopicRecord record : records) {
                String stream = record.topic().substring(record.topic().lastIndexOf('.') + 1);
                SpecificRecordBase message;
                try {
                  message =
                      (SpecificRecordBase)
                          decoder.deserialize(
                              record.topic(), record.value(), Messages.type(stream));
                } catch (UnreadableException e) {
                  LOG.error(
                      "{} cannot be read and reaches no bank: {}",
                      record.position(),
                      e.getMessage());
                  continue;
                }
                byte[] body = Bodies.write(message);
                batch.add(
                    bank,
                    stream,
                    record.offset(),
                    Messages.id(message),
                    Messages.account(message),
                    body,
                    now,
                    now);
                if (message instanceof TransferDecision decision) {
                  decisions.put(
                      decision.getTransactionId(), Messages.view(stream, record.offset(), body));
                }
              }
              batch.execute();
            });
    return decisions;
  }

  /** How far each topic of a bank has been read. */
  Map<Place, Long> positions(String bank) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select stream, max(record_offset) + 1 as next from own.bank_message where"
                            + " bank = ? group by stream")
                    .bind(0, bank)
                    .reduceRows(
                        new HashMap<>(),
                        (all, row) -> {
                          all.put(
                              new Place(
                                  "bank." + bank + "." + row.getColumn("stream", String.class), 0),
                              row.getColumn("next", Long.class));
                          return all;
                        }));
  }

  /** Messages of a stream from a cursor on. */
  List<JsonNode> after(String bank, String stream, long cursor, int limit) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select record_offset, body from own.bank_message
                        where bank = ? and stream = ? and record_offset >= ? order by record_offset limit ?\
                        """)
                    .bind(0, bank)
                    .bind(1, stream)
                    .bind(2, cursor)
                    .bind(3, limit)
                    .map((row, context) -> Messages.view(stream, row.getLong(1), row.getBytes(2)))
                    .list());
  }

  /** The newest message of an id. */
  Optional<JsonNode> byId(String bank, String stream, String id) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select record_offset, body from own.bank_message
                        where bank = ? and stream = ? and message_id = ? order by record_offset desc limit 1\
                        """)
                    .bind(0, bank)
                    .bind(1, stream)
                    .bind(2, id)
                    .map((row, context) -> Messages.view(stream, row.getLong(1), row.getBytes(2)))
                    .findOne());
  }

  /** Whether this bank was ever sent the order or hold. */
  boolean knows(String bank, String stream, String id) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select 1 from own.bank_message where bank = ? and stream = ? and"
                            + " (message_id = ? or message_id like ?) limit 1")
                    .bind(0, bank)
                    .bind(1, stream)
                    .bind(2, id)
                    .bind(3, id + ":%")
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent());
  }

  /**
   * Whether a nonce is new; notes it. It is not waited for that the disk has it: what a crash of
   * the database forgets is younger than a second, and an answer replayed then is one by its own
   * id.
   */
  boolean isNew(String bank, String nonce, Instant now) {
    return store
        .jdbi()
        .inTransaction(
            handle -> {
              handle.execute("set local synchronous_commit = off");
              return handle.execute(
                      "insert into own.bank_nonce (bank, nonce, at) values (?, ?, ?) on conflict do"
                          + " nothing",
                      bank,
                      nonce,
                      now)
                  == 1;
            });
  }

  /** Forgets nonces whose requests would be refused as old. */
  void forgetNonces(Instant before) {
    store
        .jdbi()
        .useHandle(handle -> handle.execute("delete from own.bank_nonce where at < ?", before));
  }

  /** An answer's standing: what was noted under its id before, if anything. */
  Optional<Noted> noted(String bank, String answerId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select body_sha256, sent, object_id from own.bank_answer where bank = ?"
                            + " and answer_id = ?")
                    .bind(0, bank)
                    .bind(1, answerId)
                    .map(
                        (row, context) ->
                            new Noted(row.getString(1), row.getBoolean(2), row.getString(3)))
                    .findOne());
  }

  void note(
      String bank, String answerId, String sha256, String objectId, String result, Instant at) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.bank_answer (bank, answer_id, body_sha256, object_id, result, at)
                    values (?, ?, ?, ?, ?, ?) on conflict do nothing\
                    """,
                    bank,
                    answerId,
                    sha256,
                    objectId,
                    result,
                    at));
  }

  /** A posting that was refused for what it says takes no id. */
  void forget(String bank, String answerId) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "delete from own.bank_answer where bank = ? and answer_id = ? and not sent",
                    bank,
                    answerId));
  }

  /** A scan; the same bytes for the same report are one. */
  void scan(String reportId, String kind, String mediaType, byte[] content) {
    String sha256 = Sha256.hex(ByteBuffer.wrap(content));
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.attachment (attachment_id, report_id, kind, media_type, sha256, content)
                    values (?, ?, ?, ?, ?, ?) on conflict do nothing\
                    """,
                    kind + "-" + Sha256.hex(reportId + sha256).substring(0, 32),
                    reportId,
                    kind,
                    mediaType,
                    sha256,
                    content));
  }

  void sent(String bank, String answerId) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.bank_answer set sent = true where bank = ? and answer_id = ?",
                    bank,
                    answerId));
  }

  /** Where a bank's messages are posted; null takes it away. */
  void webhook(String bank, String url) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.bank_client (bank, webhook_url) values (?, ?)
                    on conflict (bank) do update set webhook_url = excluded.webhook_url\
                    """,
                    bank,
                    url));
  }

  Optional<String> webhook(String bank) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select webhook_url from own.bank_client where bank = ? and webhook_url is"
                            + " not null")
                    .bind(0, bank)
                    .mapTo(String.class)
                    .findOne());
  }

  /** What may be posted now: of each account the oldest undelivered message alone. */
  List<Due> due(String bank, Instant now, int limit) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select stream, record_offset, body, tries from (
                          select m.*, row_number() over (
                            partition by coalesce(account_token, stream || record_offset::text)
                            order by received_at, stream, record_offset) as place
                          from own.bank_message m where m.bank = ? and m.delivered_at is null) t
                        where place = 1 and next_try_at <= ? order by received_at, record_offset limit ?\
                        """)
                    .bind(0, bank)
                    .bind(1, now)
                    .bind(2, limit)
                    .map(
                        (row, context) ->
                            new Due(
                                row.getString(1), row.getLong(2), row.getBytes(3), row.getInt(4)))
                    .list());
  }

  void delivered(String bank, List<Due> all, Instant now) {
    if (all.isEmpty()) {
      return;
    }
    store
        .jdbi()
        .useHandle(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      "update own.bank_message set delivered_at = ?, tries = tries + 1 where bank ="
                          + " ? and stream = ? and record_offset = ?");
              all.forEach(due -> batch.add(now, bank, due.stream(), due.offset()));
              batch.execute();
            });
  }

  void again(String bank, Due due, Instant at) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.bank_message set next_try_at = ?, tries = tries + 1 where bank = ?"
                        + " and stream = ? and record_offset = ?",
                    at,
                    bank,
                    due.stream(),
                    due.offset()));
  }

  /** One line an order and hold of a bank, with its newest answer. */
  List<Reconciliation> reconciliation(String bank, Instant from, Instant to) {
    List<Reconciliation> lines = new ArrayList<>();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select m.stream, split_part(m.message_id, ':', 1) as id, m.record_offset,
                          coalesce(a.result, '') as answer, a.at as answered, m.account_token
                        from own.bank_message m
                        left join lateral (
                          select result, at from own.bank_answer a
                          where a.bank = m.bank and a.object_id = split_part(m.message_id, ':', 1) and a.sent
                          order by at desc limit 1) a on true
                        where m.bank = ? and m.stream <> 'decisions' and m.received_at >= ? and m.received_at < ?
                        order by m.stream, m.record_offset\
                        """)
                    .bind(0, bank)
                    .bind(1, from)
                    .bind(2, to)
                    .map(
                        (row, context) ->
                            new Reconciliation(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getString(6) == null ? "" : row.getString(6),
                                row.getString(4),
                                row.getTimestamp(5) == null
                                    ? ""
                                    : row.getTimestamp(5).toInstant().toString()))
                    .forEach(lines::add));
    return lines;
  }

  /** What stands noted. */
  record Noted(String sha256, boolean sent, String objectId) {}

  /** A message to post. */
  record Due(String stream, long offset, byte[] body, int tries) {}
}
