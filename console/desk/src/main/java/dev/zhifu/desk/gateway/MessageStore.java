package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.bank.StopRelease;
import dev.zhifu.bank.http.BankJson;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.desk.projection.Decoder;
import dev.zhifu.desk.projection.TopicFeed.Place;
import dev.zhifu.desk.projection.TopicRecord;
import dev.zhifu.desk.projection.UnreadableException;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.OfficerAct;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages to banks and their answers, in the store; every call is about one bank alone. */
final class MessageStore {
  private static final int FETCHED = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(MessageStore.class);

  /** Undelivered messages of a bank among which the oldest of each account are looked for first. */
  private static final int LOOKED_AT = 4_000;

  private final Store store;
  private final Decoder decoder;

  MessageStore(Store store, Decoder decoder) {
    this.store = store;
    this.decoder = decoder;
  }

  /**
   * Records of one bank's topics as they go into the store. What cannot be read reaches no bank.
   */
  List<Taken> read(List<TopicRecord> records) {
    List<Taken> all = new ArrayList<>();
    for (TopicRecord record : records) {
      String stream = stream(record);
      try {
        SpecificRecordBase message =
            (SpecificRecordBase)
                decoder.deserialize(record.topic(), record.value(), Messages.type(stream));
        all.add(
            new Taken(
                stream,
                record.offset(),
                Messages.id(message),
                Messages.account(message),
                Bodies.write(message)));
      } catch (UnreadableException e) {
        LOG.error("{} cannot be read and reaches no bank: {}", record.position(), e.getMessage());
      }
    }
    return all;
  }

  /** Keeps what was read of {@code records}; an offset counts once. */
  void take(String bank, List<TopicRecord> records, List<Taken> read, Instant now) {
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
              for (Taken one : read) {
                batch.add(
                    bank,
                    one.stream(),
                    one.offset(),
                    one.id(),
                    one.account(),
                    one.body(),
                    now,
                    now);
              }
              batch.execute();
              positions(handle, bank, records);
            });
  }

  private static void positions(Handle handle, String bank, List<TopicRecord> records) {
    Map<String, Long> next = new TreeMap<>();
    records.forEach(record -> next.merge(stream(record), record.offset() + 1, Math::max));
    next.forEach(
        (stream, offset) ->
            handle.execute(
                """
                insert into own.bank_position (bank, stream, next_offset) values (?, ?, ?)
                on conflict (bank, stream) do update
                set next_offset = greatest(bank_position.next_offset, excluded.next_offset)\
                """,
                bank,
                stream,
                offset));
  }

  private static String stream(TopicRecord record) {
    return record.topic().substring(record.topic().lastIndexOf('.') + 1);
  }

  /** How far each topic of a bank has been read. */
  Map<Place, Long> positions(String bank) {
    return store
        .rows(
            (row, context) ->
                Map.entry(new Place("bank." + bank + "." + row.getString(1), 0), row.getLong(2)),
            "select stream, next_offset from own.bank_position where bank = ?",
            bank)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Puts releases of stops among the messages of their banks, each once: orders that the engine has
   * released because of an officer's act, and that the bank was sent here. A cause that is no code
   * is a person's words and goes to no bank; the duty desk tells it.
   *
   * @return the banks that have news
   */
  Set<String> takeReleases(Collection<String> banks, Instant now) {
    return store
        .jdbi()
        .inTransaction(
            handle -> {
              Set<String> news = new TreeSet<>();
              List<Released> released =
                  handle
                      .createQuery(
                          """
                          select distinct o.bank, o.order_id, o.application_id, o.account_token, a.record_offset, a.body
                          from seen.stop_order o
                          join seen.order_change c on c.order_id = o.order_id
                          join seen.act a on a.act_id = c.cause and a.object_id = o.order_id
                          where o.state = 'RELEASED' and o.bank = any(?)
                            and a.kind in ('RELEASE', 'UPHOLD_APPEAL')
                            and exists (select 1 from own.bank_message m
                              where m.bank = o.bank and m.stream = 'orders' and m.message_id = o.order_id)
                            and not exists (select 1 from own.bank_message m
                              where m.bank = o.bank and m.stream = 'releases' and m.message_id = o.order_id || '-release')
                          order by a.record_offset\
                          """)
                      .bindArray(0, String.class, banks.toArray())
                      .map(
                          (row, context) ->
                              new Released(
                                  row.getString("bank"),
                                  row.getString("account_token"),
                                  new StopRelease(
                                      row.getString("order_id"),
                                      row.getString("application_id"),
                                      Bodies.read(row.getBytes("body"), OfficerAct.class))))
                      .list();
              for (Released one : released) {
                if (!one.release().act().getReason().matches("[A-Z_]{1,40}")) {
                  continue;
                }
                handle.execute(
                    """
                    insert into own.bank_message (bank, stream, record_offset, message_id, account_token,
                      body, received_at, next_try_at)
                    values (?, 'releases', nextval('own.release_offset'), ?, ?, ?, ?, ?)\
                    """,
                    one.bank(),
                    Reconciliation.release(one.release().orderId()),
                    one.accountToken(),
                    BankJson.view(one.release(), one.bank())
                        .toString()
                        .getBytes(StandardCharsets.UTF_8),
                    now,
                    now);
                news.add(one.bank());
              }
              return news;
            });
  }

  private record Released(String bank, String accountToken, StopRelease release) {}

  /** Messages of a stream from a cursor on. */
  List<JsonNode> after(String bank, String stream, long cursor, int limit) {
    return store.rows(
        (row, context) -> Messages.view(stream, row.getLong(1), row.getBytes(2)),
        """
        select record_offset, body from own.bank_message
        where bank = ? and stream = ? and record_offset >= ? order by record_offset limit ?\
        """,
        bank,
        stream,
        cursor,
        limit);
  }

  /** The newest decision on each transfer, in the order of the questions. */
  List<Optional<JsonNode>> decisions(List<Question> questions) {
    String[] banks = questions.stream().map(Question::bank).toArray(String[]::new);
    String[] ids = questions.stream().map(Question::transactionId).toArray(String[]::new);
    List<Optional<JsonNode>> found =
        new ArrayList<>(Collections.nCopies(questions.size(), Optional.empty()));
    store.rows(
        (row, context) ->
            found.set(
                row.getInt(1) - 1,
                Optional.of(Messages.view("decisions", row.getLong(2), row.getBytes(3)))),
        """
        select q.place, m.record_offset, m.body
        from unnest(?::text[], ?::text[]) with ordinality as q (bank, id, place)
        cross join lateral (
          select record_offset, body from own.bank_message
          where bank = q.bank and stream = 'decisions' and message_id = q.id
          order by record_offset desc limit 1) m\
        """,
        banks,
        ids);
    return found;
  }

  /** Whether this bank was ever sent the order or hold. */
  boolean knows(String bank, String stream, String id) {
    return store
        .row(
            (row, context) -> row.getInt(1),
            "select 1 from own.bank_message where bank = ? and stream = ? and"
                + " (message_id = ? or message_id like ?) limit 1",
            bank,
            stream,
            id,
            id + ":%")
        .isPresent();
  }

  /**
   * Whether each nonce is new; notes them. Of two that are the same the first is. It is not waited
   * for that the disk has them: what a crash of the database forgets is younger than a second, and
   * an answer replayed then is one by its own id.
   */
  List<Boolean> areNew(List<Nonce> nonces) {
    String[] banks = nonces.stream().map(Nonce::bank).toArray(String[]::new);
    String[] words = nonces.stream().map(Nonce::word).toArray(String[]::new);
    Instant now = nonces.stream().map(Nonce::at).max(Comparator.naturalOrder()).orElseThrow();
    return store
        .jdbi()
        .inTransaction(
            handle -> {
              handle.execute("set local synchronous_commit = off");
              Set<String> noted =
                  new HashSet<>(
                      handle
                          .createQuery(
                              """
                              insert into own.bank_nonce (bank, nonce, at)
                              select bank, nonce, ? from unnest(?::text[], ?::text[]) as n (bank, nonce)
                              on conflict do nothing returning bank || ':' || nonce\
                              """)
                          .bind(0, now)
                          .bindArray(1, String.class, (Object[]) banks)
                          .bindArray(2, String.class, (Object[]) words)
                          .mapTo(String.class)
                          .list());
              return nonces.stream()
                  .map(one -> noted.remove(one.bank() + ":" + one.word()))
                  .toList();
            });
  }

  /** Forgets nonces whose requests would be refused as old. */
  void forgetNonces(Instant before) {
    store.execute("delete from own.bank_nonce where at < ?", before);
  }

  /** An answer's standing: what was noted under its id before, if anything. */
  Optional<Noted> noted(String bank, String answerId) {
    return store.row(
        (row, context) ->
            new Noted(
                row.getString(1),
                row.getBoolean(2),
                row.getString(3),
                row.getString(4),
                row.getTimestamp(5).toInstant()),
        "select body_sha256, sent, object_id, result, at from own.bank_answer where bank = ?"
            + " and answer_id = ?",
        bank,
        answerId);
  }

  void note(
      String bank, String answerId, String sha256, String objectId, String result, Instant at) {
    store.execute(
        """
        insert into own.bank_answer (bank, answer_id, body_sha256, object_id, result, at)
        values (?, ?, ?, ?, ?, ?) on conflict do nothing\
        """,
        bank,
        answerId,
        sha256,
        objectId,
        result,
        at);
  }

  /** A posting that was refused for what it says takes no id. */
  void forget(String bank, String answerId) {
    store.execute(
        "delete from own.bank_answer where bank = ? and answer_id = ? and not sent",
        bank,
        answerId);
  }

  void sent(String bank, String answerId) {
    store.execute(
        "update own.bank_answer set sent = true where bank = ? and answer_id = ?", bank, answerId);
  }

  /** Where a bank's messages are posted; null takes it away. */
  void webhook(String bank, String url) {
    store.execute(
        """
        insert into own.bank_client (bank, webhook_url) values (?, ?)
        on conflict (bank) do update set webhook_url = excluded.webhook_url\
        """,
        bank,
        url);
  }

  Optional<String> webhook(String bank) {
    return store.row(
        (row, context) -> row.getString(1),
        "select webhook_url from own.bank_client where bank = ? and webhook_url is not null",
        bank);
  }

  /**
   * What may be posted now: of each account the oldest undelivered order or hold alone. Decisions
   * are asked for and never posted: one that comes after its time is worth nothing.
   */
  List<Due> due(String bank, Instant now, int limit) {
    List<Due> due = due(bank, now, limit, LOOKED_AT);
    // Many that are not due may stand before one that is.
    return due.isEmpty() && undelivered(bank, LOOKED_AT) == LOOKED_AT
        ? due(bank, now, limit, Integer.MAX_VALUE)
        : due;
  }

  private List<Due> due(String bank, Instant now, int limit, int lookedAt) {
    return store.rows(
        (row, context) -> new Due(row.getString(1), row.getLong(2), row.getBytes(3), row.getInt(4)),
        """
        with undelivered as (
          select stream, record_offset, account_token, received_at, next_try_at
          from own.bank_message
          where bank = ? and delivered_at is null and stream <> 'decisions'
          order by received_at, stream, record_offset limit ?),
        oldest as (
          select u.*, row_number() over (
            partition by coalesce(account_token, stream || record_offset::text)
            order by received_at, stream, record_offset) as place
          from undelivered u)
        select m.stream, m.record_offset, m.body, m.tries from (
          select * from oldest where place = 1 and next_try_at <= ?
          order by received_at, record_offset limit ?) o
        join own.bank_message m on m.bank = ? and m.stream = o.stream
          and m.record_offset = o.record_offset
        order by o.received_at, o.record_offset\
        """,
        bank,
        lookedAt,
        now,
        limit,
        bank);
  }

  private int undelivered(String bank, int most) {
    return store
        .row(
            (row, context) -> row.getInt(1),
            """
            select count(*) from (
              select 1 from own.bank_message
              where bank = ? and delivered_at is null and stream <> 'decisions' limit ?) u\
            """,
            bank,
            most)
        .orElseThrow();
  }

  /**
   * Forgets the oldest messages that came before these moments. An order or hold stays as long as
   * its bank has a webhook that has not taken it.
   *
   * @param decisionsBefore for answers to awaiting transfers
   * @param messagesBefore for orders and holds
   * @param most how many at a time
   * @return how many
   */
  int forget(Instant decisionsBefore, Instant messagesBefore, int most) {
    return store.execute(
        """
        delete from own.bank_message where (bank, stream, record_offset) in (
          select bank, stream, record_offset from own.bank_message m
          where received_at < greatest(?::timestamptz, ?::timestamptz)
            and (stream = 'decisions' and received_at < ?
              or stream <> 'decisions' and received_at < ?
                and (delivered_at is not null or not exists (
                  select 1 from own.bank_client c
                  where c.bank = m.bank and c.webhook_url is not null)))
          order by received_at limit ?)\
        """,
        decisionsBefore,
        messagesBefore,
        decisionsBefore,
        messagesBefore,
        most);
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
    store.execute(
        "update own.bank_message set next_try_at = ?, tries = tries + 1 where bank = ?"
            + " and stream = ? and record_offset = ?",
        at,
        bank,
        due.stream(),
        due.offset());
  }

  /** One line an order and hold of a bank, with its newest answer. */
  List<Reconciliation> reconciliation(String bank, Instant from, Instant to) {
    return store.rows(
        (row, context) ->
            new Reconciliation(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(6),
                row.getString(4),
                row.getTimestamp(5) == null ? "" : row.getTimestamp(5).toInstant().toString()),
        """
        select m.stream, split_part(m.message_id, ':', 1) as id, m.record_offset,
          coalesce(a.result, '') as answer, a.at as answered, coalesce(m.account_token, '') as account
        from own.bank_message m
        left join lateral (
          select result, at from own.bank_answer a
          where a.bank = m.bank and a.object_id = split_part(m.message_id, ':', 1) and a.sent
          order by at desc limit 1) a on true
        where m.bank = ? and m.stream <> 'decisions' and m.received_at >= ? and m.received_at < ?
        order by m.stream, m.record_offset\
        """,
        bank,
        from,
        to);
  }

  /**
   * What a bank has posted itself and the centre has taken, one line each in the order taken. A day
   * of movements is long: the lines are handed on one by one.
   */
  void posts(String bank, Instant from, Instant to, Consumer<Reconciliation> line) {
    store
        .jdbi()
        .useTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select case result when 'MOVE' then 'moves' when 'APPEAL' then 'appeals' else 'reports' end,
                          answer_id, object_id, at
                        from own.bank_answer
                        where bank = ? and at >= ? and at < ? and sent
                          and result in ('REPORT', 'OWN_STOP', 'MOVE', 'APPEAL')
                        order by at, answer_id\
                        """)
                    .bind(0, bank)
                    .bind(1, from)
                    .bind(2, to)
                    .setFetchSize(FETCHED)
                    .map(
                        (row, context) ->
                            Reconciliation.posted(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getTimestamp(4).toInstant().toString()))
                    .forEach(line));
  }

  /** A record of a bank's topic; its account may be null. */
  record Taken(String stream, long offset, String id, String account, byte[] body) {}

  /** What a bank asks about a transfer. */
  record Question(String bank, String transactionId) {}

  /** A request's word that serves once. */
  record Nonce(String bank, String word, Instant at) {}

  /** What stands noted. */
  record Noted(String sha256, boolean sent, String objectId, String result, Instant at) {}

  /** A message to post. */
  record Due(String stream, long offset, byte[] body, int tries) {}
}
