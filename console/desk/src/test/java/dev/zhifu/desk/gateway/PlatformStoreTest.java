package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DrawnRecords;
import dev.zhifu.desk.TestStore;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.OrderChannel;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the adapter has still to carry, and what looking for it costs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformStoreTest {
  private static final String BANK = "B02";
  private static final int ANSWERED = 20_000;

  /** Rows that a look may touch: those of a few open requests, and none of the answered ones. */
  private static final long FEW = 100;

  private Store store;
  private PlatformStore kept;
  private final DrawnRecords drawn = new DrawnRecords(5);

  @BeforeAll
  void start() {
    store = TestStore.fresh("platform_store");
    kept = new PlatformStore(store);
    store.execute(
        """
        insert into seen.channel_request (request_id, code, object_id, case_id, bank, authorisation,
          tick_at, application_id, channel, body)
        select 'old-' || i, '100201', 'F-' || i, 'case', ?, 'act', ?::timestamptz + i * interval '1 s',
          'application-' || i, 'PLATFORM', convert_to(repeat('x', 400), 'UTF8')
        from generate_series(1, ?) i\
        """,
        BANK,
        Cast.T0,
        ANSWERED);
    store.execute(
        """
        insert into own.platform_message (bank, application_id, code, order_id, first_sent_at,
          last_sent_at, sendings, transport_code, transport_words, answered_at)
        select ?, 'application-' || i, '100201', 'F-' || i, ?, ?, 1, '100000', '', ?
        from generate_series(1, ?) i\
        """,
        BANK,
        Cast.T0,
        Cast.T0,
        Cast.T0,
        ANSWERED);
  }

  @AfterAll
  void stop() {
    store.close();
  }

  @Test
  void aLookCostsWhatIsOpenAndNotWhatWasAnswered() throws JsonProcessingException {
    Instant now = Cast.T0.plusSeconds(100_000);
    ask("again-1", "application-7", "100201", "", 50_000);
    ask("first", "new", "100201", "", 40_000);
    ask("second", "new", "100201", "", 40_060);
    ask("paper", "on-paper", "100201", "", 40_000, OrderChannel.PAPER, BANK);
    ask("elsewhere", "new", "100201", "", 40_000, OrderChannel.PLATFORM, "B03");
    ask("query", "query", "100301", "", 40_000);
    ask("lift", "lift", "100103", "act-lift", 39_000);
    while (open() > 4) {
      kept.requests(BANK, now, 16);
    }
    store.jdbi().useHandle(handle -> handle.execute("vacuum analyze"));

    assertThat(ids(now))
        .as("of one message the first, no lift without its act")
        .containsExactly("first");
    assertThat(touched(PlatformStore.OPEN) + touched(PlatformStore.ANSWERED)).isLessThan(FEW);

    store.execute(
        "insert into seen.act (act_id, record_offset, kind, officer_id, object_id, at, sha256, body)"
            + " values ('act-lift', 1, 'RELEASE', 'officer-1', 'O', ?, '', '')",
        Cast.T0);
    assertThat(ids(now)).containsExactly("lift", "first");
    PlatformStore.Key key = new PlatformStore.Key(BANK, "new", "100201", "F-new");
    kept.sending(key, Cast.T0);
    kept.again(key, now.plusSeconds(5));
    assertThat(ids(now)).as("waits for its next try").containsExactly("lift");
    assertThat(ids(now.plusSeconds(5))).containsExactly("lift", "first");
    kept.givenUp(key, now);
    assertThat(ids(now.plusSeconds(5)))
        .as("the second is the same message")
        .containsExactly("lift");
  }

  private List<String> ids(Instant now) {
    return kept.requests(BANK, now, 16).stream().map(ChannelRequest::getRequestId).toList();
  }

  private long open() {
    return store
        .row(
            (row, context) -> row.getLong(1),
            "select count(*) from seen.channel_request where channel = 'PLATFORM' and not carried"
                + " and bank = ?",
            BANK)
        .orElseThrow();
  }

  private void ask(String id, String application, String code, String act, int seconds) {
    ask(id, application, code, act, seconds, OrderChannel.PLATFORM, BANK);
  }

  private void ask(
      String id,
      String application,
      String code,
      String act,
      int seconds,
      OrderChannel channel,
      String bank) {
    ChannelRequest asked =
        ChannelRequest.newBuilder(drawn.draw(ChannelRequest.class)).setRequestId(id).build();
    store.execute(
        """
        insert into seen.channel_request (request_id, code, object_id, case_id, bank, authorisation,
          tick_at, application_id, channel, body)
        values (?, ?, 'F', 'case', ?, ?, ?, ?, ?, ?)\
        """,
        id,
        code,
        bank,
        act,
        Cast.T0.plusSeconds(seconds),
        application,
        channel.name(),
        Bodies.write(asked));
  }

  /** Rows that the plan of a statement read, those that it threw away included. */
  private long touched(String sql) throws JsonProcessingException {
    String plan =
        store
            .jdbi()
            .withHandle(
                handle -> {
                  Query query = handle.createQuery("explain (analyze, format json) " + sql);
                  query.bind("bank", BANK);
                  if (sql.equals(PlatformStore.OPEN)) {
                    query
                        .bindArray("codes", String.class, PlatformRequests.CODES.toArray())
                        .bind("now", Cast.T0.plusSeconds(100_000))
                        .bind("limit", 16);
                  }
                  return query.mapTo(String.class).one();
                });
    return rows(HttpBank.JSON.readTree(plan).get(0).path("Plan"));
  }

  private static long rows(JsonNode node) {
    long rows =
        (node.path("Actual Rows").asLong()
                + node.path("Rows Removed by Filter").asLong()
                + node.path("Rows Removed by Join Filter").asLong())
            * Math.max(1, node.path("Actual Loops").asLong());
    for (JsonNode part : node.path("Plans")) {
      rows += rows(part);
    }
    return rows;
  }
}
