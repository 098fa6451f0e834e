package dev.zhifu.desk.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.TestStore;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Lists of banks and rules count the newest and no more, whatever the store holds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundsTest {
  private static final int OVER = 500;
  private static final int HITS = 1_000;
  private Store store;

  @BeforeAll
  void start() {
    store = TestStore.fresh("bounds");
  }

  @AfterAll
  void stop() {
    store.close();
  }

  @Test
  void aBanksFiguresRestOnItsNewestOrdersAndAnswers() {
    int all = BankPages.NEWEST + OVER;
    // The oldest are mismatches and answered late; none of them may count.
    store
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  """
                  insert into seen.stop_order select 'o' || i, 'a' || i, 1, 'RELEASED', 'B02', 't', null, 0, 1,
                    timestamptz '2026-03-02 18:00:00Z', timestamptz '2026-03-02 18:00:00Z' + i * interval '1 s', ''
                  from generate_series(1, ?) i\
                  """,
                  all);
              handle.execute(
                  """
                  insert into seen.receipt (bank, record_offset, order_id, result, at, body)
                  select 'B02', i, 'o' || i, case when i <= ? then 'MISMATCH_NAME' else 'STOPPED' end,
                    timestamptz '2026-03-02 18:00:00Z' + case when i <= ? then 900 else 30 end * interval '1 s', ''
                  from generate_series(1, ?) i\
                  """,
                  OVER,
                  OVER,
                  all);
              handle.execute(
                  """
                  insert into seen.order_change (order_id, sequence, cause, state, tick_at, body)
                  select 'o' || i, 1, 'tick', 'SENT', timestamptz '2026-03-02 18:00:00Z', ''::bytea
                  from generate_series(1, ?) i
                  union all
                  select 'o' || i, 2, 'receipt:o' || i, 'ACTIVE', timestamptz '2026-03-02 18:00:00Z'
                    + case when i <= ? then 900 else 30 end * interval '1 s', ''::bytea
                  from generate_series(1, ?) i\
                  """,
                  all,
                  OVER,
                  all);
              handle.execute(
                  "insert into seen.envelope (order_id, bank, record_offset, payload_sha256, body)"
                      + " select 'o' || i, 'B02', i, '', '' from generate_series(1, ?) i",
                  all);
              handle.execute(
                  "insert into seen.hold_outcome select 'B02', i, 'h' || i, case when i <= ? then"
                      + " 'DECLINED' else 'APPLIED' end, 0, timestamptz '2026-03-02 18:00:00Z'"
                      + " from generate_series(1, ?) i",
                  OVER,
                  all);
            });

    BankPages.BankLine line = new BankPages(store, BankDirectory.demo()).of("B02");

    assertThat(line.orders()).isEqualTo(BankPages.NEWEST);
    assertThat(line.answered()).isEqualTo(BankPages.NEWEST);
    assertThat(line.stopped()).isEqualTo(BankPages.NEWEST);
    assertThat(line.name()).isZero();
    assertThat(line.longestSeconds()).isEqualTo(30);
    assertThat(line.applied()).isEqualTo(BankPages.NEWEST);
    assertThat(line.declined()).isZero();
    assertThat(line.released()).isEqualTo(BankPages.NEWEST);
  }

  @Test
  void aRulesNewestPublicationCountsAndItsHitsUpToABound() {
    for (int version = 1; version <= 2; version++) {
      RulePublication publication =
          RulePublication.newBuilder()
              .setRuleId("X01")
              .setVersion(version)
              .setStatus(PublicationStatus.LIVE)
              .setDocument("id: X01\nname: {zh: 规则, en: rule " + version + "}\n")
              .setDocumentSha256("")
              .setEffectiveFrom(Instant.parse("2026-03-0" + version + "T00:00:00Z"))
              .setAuthor("author-1")
              .setReason("test")
              .build();
      int written = version;
      store
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "insert into seen.publication (record_key, rule_id, rule_version, status,"
                          + " effective_from, body) values (?, 'X01', ?, 'LIVE', ?, ?)",
                      "X01:" + written,
                      written,
                      publication.getEffectiveFrom(),
                      Bodies.write(publication)));
    }
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into seen.hit (hit_id, revision, holds, is_final, rule_id, rule_version, key_token,
                      occurred_at, amount_fen, body)
                    select 'h' || i, 1, true, true, 'X01', 2, 'k', timestamptz '2026-03-02 18:00:00Z', 0, ''
                    from generate_series(1, ?) i\
                    """,
                    HITS));
    RuleTexts texts = new RuleTexts(store);

    assertThat(texts.all())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.text().name(false)).isEqualTo("rule 2");
              assertThat(one.hits().holding()).isEqualTo(HITS);
            });
    assertThat(texts.figures("X01")).isPresent();
    assertThat(texts.figures("X02")).isEmpty();
  }
}
