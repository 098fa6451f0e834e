package dev.zhifu.desk.projection;

import dev.zhifu.desk.projection.TopicFeed.Place;
import dev.zhifu.desk.store.Store;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementException;

/**
 * Writes records and how far they have been read in one transaction, so that a crash anywhere
 * leaves either both or neither. Safe for use by several threads, one per lane of topics.
 */
public final class Projection {
  /** Version of the tables' meaning; a store of another version is emptied and read again. */
  static final int VERSION = 18;

  /** Class of the SQL states for values that a column cannot hold. */
  private static final String DATA_EXCEPTION = "22";

  private static final List<String> TABLES =
      List.of(
          "position",
          "unreadable",
          "clock",
          "report",
          "fraud_case",
          "case_change",
          "case_state",
          "hit",
          "event",
          "stop_order",
          "order_case",
          "order_change",
          "envelope",
          "receipt",
          "risk_hold",
          "hold_outcome",
          "warning",
          "notice",
          "act",
          "authorisation",
          "control",
          "publication",
          "rule_status",
          "shadow",
          "dead_letter",
          "life_change",
          "life_due",
          "life_duty",
          "paper_lift",
          "refund_paid",
          "upheld",
          "document_number",
          "channel_request",
          "recovery_alarm",
          "audit_entry",
          "trace_hop",
          "trace_account",
          "follow_on",
          "refund_plan",
          "refund_notice",
          "victim_file",
          "party",
          "queue");

  private final Store store;
  private final Decoder decoder;

  /**
   * Empties what another version wrote.
   *
   * @param store where the tables are
   * @param decoder reads the records' values
   */
  public Projection(Store store, Decoder decoder) {
    this.store = store;
    this.decoder = decoder;
    store.jdbi().useTransaction(this::emptyOtherVersions);
  }

  private void emptyOtherVersions(Handle handle) {
    int found =
        handle
            .createQuery("select version from own.projection")
            .mapTo(Integer.class)
            .findOne()
            .orElse(0);
    if (found != VERSION) {
      wipe(handle);
      handle.execute(
          "insert into own.projection (version) values (?) on conflict (one) do update set version"
              + " = excluded.version",
          VERSION);
    }
  }

  /** Empties everything that can be read again. */
  public void wipe() {
    store.jdbi().useTransaction(Projection::wipe);
  }

  private static void wipe(Handle handle) {
    handle.execute("truncate seen." + String.join(", seen.", TABLES));
  }

  /** Tables that can be emptied and read again. */
  public static List<String> tables() {
    return TABLES;
  }

  /** How far each partition has been read. */
  public Map<Place, Long> positions() {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select topic, part, next_offset from seen.position")
                    .reduceRows(
                        new HashMap<>(),
                        (all, row) -> {
                          all.put(
                              new Place(
                                  row.getColumn("topic", String.class),
                                  row.getColumn("part", Integer.class)),
                              row.getColumn("next_offset", Long.class));
                          return all;
                        }));
  }

  /**
   * Takes records, those of one partition in their order.
   *
   * @return what pages may want to show anew
   */
  public Changes take(List<TopicRecord> records) {
    if (records.isEmpty()) {
      return new Changes(Set.of(), Set.of(), false);
    }
    try {
      return store.jdbi().inTransaction(handle -> take(handle, records));
    } catch (StatementException e) {
      if (!isAboutData(e)) {
        throw e;
      }
      return records.size() == 1 ? setAside(records.get(0), e) : oneByOne(records);
    }
  }

  /** One record that the store cannot hold must not stop the others. */
  private Changes oneByOne(List<TopicRecord> records) {
    Set<String> cases = new HashSet<>();
    Set<String> objects = new HashSet<>();
    boolean clock = false;
    for (TopicRecord record : records) {
      Changes changes = take(List.of(record));
      cases.addAll(changes.cases());
      objects.addAll(changes.objects());
      clock |= changes.clock();
    }
    return new Changes(cases, objects, clock);
  }

  private Changes setAside(TopicRecord record, StatementException why) {
    return store
        .jdbi()
        .inTransaction(
            handle -> {
              Batch batch = new Batch(handle);
              unreadable(batch, record, "a value that no column holds, SQL state " + stateOf(why));
              advance(
                  batch,
                  Map.of(new Place(record.topic(), record.partition()), record.offset() + 1));
              batch.run();
              return new Changes(Set.of(), Set.of(), false);
            });
  }

  private static boolean isAboutData(StatementException e) {
    return stateOf(e).startsWith(DATA_EXCEPTION);
  }

  private static String stateOf(StatementException e) {
    return e.getCause() instanceof SQLException sql && sql.getSQLState() != null
        ? sql.getSQLState()
        : "";
  }

  private Changes take(Handle handle, List<TopicRecord> records) {
    Batch batch = new Batch(handle);
    Touched touched = new Touched();
    RecordRows rows = new RecordRows(decoder, batch, touched);
    Map<Place, Long> next = new HashMap<>();
    for (TopicRecord record : records) {
      next.put(new Place(record.topic(), record.partition()), record.offset() + 1);
      if (record.value() != null) {
        takeOne(rows, batch, record);
      }
    }
    batch.run();
    Set<String> cases = QueueLines.remake(handle, touched);
    advance(batch, next);
    batch.run();
    return new Changes(cases, Set.copyOf(touched.objects), touched.clock);
  }

  private static void advance(Batch batch, Map<Place, Long> next) {
    next.forEach(
        (place, offset) ->
            batch.add(
                """
                insert into seen.position (topic, part, next_offset) values (?, ?, ?)
                on conflict (topic, part) do update set next_offset = excluded.next_offset
                where excluded.next_offset > position.next_offset\
                """,
                place.topic(),
                place.partition(),
                offset));
  }

  /**
   * A record that cannot be read is put on record and passed over: the engine turns it away too.
   */
  private static void takeOne(RecordRows rows, Batch batch, TopicRecord record) {
    try {
      rows.take(record);
    } catch (UnreadableException | IllegalArgumentException e) {
      unreadable(batch, record, String.valueOf(e.getMessage()).replace((char) 0, ' '));
    }
  }

  private static void unreadable(Batch batch, TopicRecord record, String why) {
    batch.add(
        "insert into seen.unreadable (topic, part, record_offset, why) values (?, ?, ?, ?) on"
            + " conflict do nothing",
        record.topic(),
        record.partition(),
        record.offset(),
        why);
  }
}
