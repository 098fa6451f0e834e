package dev.zhifu.desk.gateway;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.channel.TransportCode;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the adapter of the platform keeps and looks up. */
final class PlatformStore {
  private static final String REPORTS = "reports";

  /** Open requests whose message has its answer; a portion, since a topic may be read again. */
  static final String ANSWERED =
      """
      select r.request_id from seen.channel_request r
      cross join lateral (select 1 from own.platform_message p
        where p.bank = r.bank and p.application_id = r.application_id and p.code = r.code
          and p.answered_at is not null limit 1) p
      where r.bank = :bank and r.channel = 'PLATFORM' and not r.carried limit 5000\
      """;

  /** Requests to carry now. */
  static final String OPEN =
      """
      select r.body from (
        select distinct on (application_id, code) bank, application_id, code, tick_at, body
        from seen.channel_request
        where bank = :bank and channel = 'PLATFORM' and not carried and code = any(:codes)
          and (code <> '100103' or exists (
            select 1 from seen.act a where a.act_id = channel_request.authorisation))
        order by application_id, code, tick_at, request_id) r
      left join lateral (select answered_at, next_at from own.platform_message p
        where p.bank = r.bank and p.application_id = r.application_id and p.code = r.code
        limit 1) p on true
      where p.answered_at is null and (p.next_at is null or p.next_at <= :now)
      order by r.tick_at limit :limit\
      """;

  private final Store store;

  PlatformStore(Store store) {
    this.store = store;
  }

  /** Time of the law; empty before the first tick. */
  Optional<Instant> tick() {
    return store.row(
        (row, context) -> row.getTimestamp(1).toInstant(),
        "select at from seen.clock where name = 'tick'");
  }

  Optional<StandingAuthorisation> standing(String authorisationId) {
    return store.row(
        (row, context) -> Bodies.read(row.getBytes(1), StandingAuthorisation.class),
        "select body from seen.authorisation where authorisation_id = ?",
        authorisationId);
  }

  /**
   * One message of the adapter.
   *
   * @param objectId order, or freeze, that it is about
   */
  record Key(String bank, String applicationId, String code, String objectId) {
    static Key of(StopPaymentOrder order) {
      return new Key(
          order.getBank(),
          order.getApplicationId(),
          PlatformOrders.code(order).code(),
          order.getOrderId());
    }

    static Key of(ChannelRequest asked) {
      return new Key(
          asked.getBank(), asked.getApplicationId(), asked.getCode(), asked.getObjectId());
    }
  }

  /** Whether the message may have reached the platform already. */
  boolean sent(Key key) {
    return store
        .row(
            (row, context) -> row.getInt(1),
            "select 1 from own.platform_message where bank = ? and application_id = ? and code = ?",
            key.bank(),
            key.applicationId(),
            key.code())
        .isPresent();
  }

  /** Stops of an account that took effect by this bank's word, other orders than this one. */
  int stops(StopPaymentOrder order) {
    return store
        .row(
            (row, context) -> row.getInt(1),
            """
            select count(distinct a.object_id) from own.bank_answer a
            join own.bank_message m on m.bank = a.bank and m.stream = 'orders'
              and m.message_id = a.object_id
            where a.bank = ? and m.account_token = ? and a.object_id <> ?
              and a.result in ('STOPPED', 'STOPPED_ZERO')\
            """,
            order.getBank(),
            order.getAccountToken(),
            order.getOrderId())
        .orElseThrow();
  }

  /** Whether the platform has taken the message: the bank may act on it. */
  boolean accepted(Key key) {
    return store
        .row(
            (row, context) -> row.getInt(1),
            "select 1 from own.platform_message where bank = ? and application_id = ?"
                + " and code = ? and transport_code in (?, ?)",
            key.bank(),
            key.applicationId(),
            key.code(),
            TransportCode.OK.code(),
            TransportCode.DUPLICATE.code())
        .isPresent();
  }

  /** It goes out no more. */
  void givenUp(Key key, Instant at) {
    store.execute(
        """
        insert into own.platform_message (bank, application_id, code, order_id,
          first_sent_at, last_sent_at, sendings, transport_code, transport_words, answered_at)
        values (?, ?, ?, ?, ?, ?, 0, '', 'given up', ?)
        on conflict (bank, application_id, code) do update set answered_at = excluded.answered_at\
        """,
        key.bank(),
        key.applicationId(),
        key.code(),
        key.objectId(),
        at,
        at,
        at);
  }

  /**
   * Before it leaves: after a crash it counts as sent.
   *
   * @return how often it has left, this time included
   */
  int sending(Key key, Instant at) {
    return store
        .row(
            (row, context) -> row.getInt(1),
            """
            insert into own.platform_message (bank, application_id, code, order_id,
              first_sent_at, last_sent_at, sendings, transport_code, transport_words)
            values (?, ?, ?, ?, ?, ?, 1, '', '')
            on conflict (bank, application_id, code) do update
            set last_sent_at = excluded.last_sent_at, sendings = platform_message.sendings + 1
            returning sendings\
            """,
            key.bank(),
            key.applicationId(),
            key.code(),
            key.objectId(),
            at,
            at)
        .orElseThrow();
  }

  /** The bank lifted what was released; the first word counts. */
  void lifted(ChannelRequest asked, ChannelAnswer answer) {
    Instant start = answer.getStartTime();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.platform_lift (bank, object_id, decided_at, lifted_at) values"
                        + " (?, ?, ?, ?) on conflict do nothing",
                    asked.getBank(),
                    asked.getObjectId(),
                    asked.getTickAt(),
                    start == null ? answer.getAt() : start));
  }

  /** A message that has left and has no answer goes out again, not before {@code at}. */
  void again(Key key, Instant at) {
    store.execute(
        "update own.platform_message set next_at = ? where bank = ? and application_id = ? and"
            + " code = ?",
        at,
        key.bank(),
        key.applicationId(),
        key.code());
  }

  /**
   * What came of the last sending.
   *
   * @param answeredAt when the bank's answer was taken; null while there is none
   * @return the transport's code of the sending before; empty for the first
   */
  String result(Key key, PlatformLine.Reply reply, Instant answeredAt) {
    return store
        .jdbi()
        .inTransaction(
            handle -> {
              String before =
                  handle
                      .createQuery(
                          "select transport_code from own.platform_message where bank = ? and"
                              + " application_id = ? and code = ? for update")
                      .bind(0, key.bank())
                      .bind(1, key.applicationId())
                      .bind(2, key.code())
                      .mapTo(String.class)
                      .one();
              handle.execute(
                  """
                  update own.platform_message set transport_code = ?, transport_words = ?,
                    answered_at = coalesce(answered_at, ?)
                  where bank = ? and application_id = ? and code = ?\
                  """,
                  reply.code().code(),
                  reply.words(),
                  answeredAt,
                  key.bank(),
                  key.applicationId(),
                  key.code());
              return before;
            });
  }

  /** Whether a person was told last that the message came back with this code. */
  boolean told(Key key, TransportCode code) {
    return store
        .row(
            (row, context) -> row.getString(1),
            "select told_code from own.platform_message where bank = ? and application_id = ? and"
                + " code = ?",
            key.bank(),
            key.applicationId(),
            key.code())
        .filter(code.code()::equals)
        .isPresent();
  }

  /** A person was told. */
  void tells(Key key, TransportCode code) {
    store.execute(
        "update own.platform_message set told_code = ? where bank = ? and application_id = ? and"
            + " code = ?",
        code.code(),
        key.bank(),
        key.applicationId(),
        key.code());
  }

  /** Reports of banks are read from here on. */
  long reportsFrom() {
    return store
        .row(
            (row, context) -> row.getLong(1),
            "select next_offset from own.platform_cursor where stream = ?",
            REPORTS)
        .orElse(0L);
  }

  void reportsRead(long next) {
    store.execute(
        """
        insert into own.platform_cursor (stream, next_offset) values (?, ?)
        on conflict (stream) do update set next_offset = excluded.next_offset\
        """,
        REPORTS,
        next);
  }

  /**
   * What recovery asks of a bank by the platform and nobody has answered, the oldest first. Of one
   * application and code the first counts: what is sent again is the same message. A lift waits
   * until the desk has read the officer's act, which its bank checks. A look costs what is open,
   * however many requests were answered before.
   *
   * @param now what waits for its next try is left out until then
   */
  List<ChannelRequest> requests(String bank, Instant now, int limit) {
    setAside(bank);
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(OPEN)
                    .bind("bank", bank)
                    .bindArray("codes", String.class, PlatformRequests.CODES.toArray())
                    .bind("now", now)
                    .bind("limit", limit)
                    .map((row, context) -> Bodies.read(row.getBytes(1), ChannelRequest.class))
                    .list());
  }

  /** Requests that were answered since the last look, or that recovery asked again meanwhile. */
  private void setAside(String bank) {
    List<String> answered =
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle.createQuery(ANSWERED).bind("bank", bank).mapTo(String.class).list());
    if (!answered.isEmpty()) {
      store.execute(
          "update seen.channel_request set carried = true where request_id = any(?)",
          (Object) answered.toArray(String[]::new));
    }
  }

  /** A signed act by its id; empty while the desk has not read it. */
  Optional<OfficerAct> act(String actId) {
    return store.row(
        (row, context) -> Bodies.read(row.getBytes(1), OfficerAct.class),
        "select body from seen.act where act_id = ?",
        actId);
  }

  /** A case that the order stands on, as the desk knows it; empty when it knows none. */
  Optional<String> caseOf(String orderId) {
    return store.row(
        (row, context) -> row.getString(1),
        "select case_id from seen.order_case where order_id = ? order by case_id limit 1",
        orderId);
  }
}
