package dev.zhifu.desk.standing;

import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.acts.Signers;
import dev.zhifu.desk.acts.TopicPen;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.StandingAuthorisation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Standing authorisations: our own construction, not law, and off by default (ADR-0005). Written
 * here, on record with the legal office's opinion, signed by the head, limited and revoked by him.
 */
public final class StandingDesk {
  private static final String TOPIC = "stop.authorisations";

  /** How old evidence may be: the engine's default, by which its windows are longer. */
  private static final Duration EVIDENCE = Duration.ofMinutes(10);

  private final Store store;
  private final ActDesk acts;
  private final TopicPen pen;
  private final Signers signers;
  private final Audit audit;

  /**
   * @param store where drafts and the topic's table are
   * @param acts tells the time
   * @param pen writes what is signed
   * @param signers the head's key
   * @param audit hears of every step
   */
  public StandingDesk(Store store, ActDesk acts, TopicPen pen, Signers signers, Audit audit) {
    this.store = store;
    this.acts = acts;
    this.pen = pen;
    this.signers = signers;
    this.audit = audit;
  }

  /** Every authorisation on the topic with what it has done, those in force first. */
  public List<Standing> all() {
    Instant now = acts.tick();
    Map<String, Used> used = used(now);
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        with done as (
                          select e.authorisation_id, s.state, s.traced_fen, s.amount_fen,
                            (select max(r.balance_fen) from seen.receipt r
                              where r.order_id = s.order_id and r.result like 'STOPPED%') as balance
                          from seen.envelope e join seen.stop_order s using (order_id)
                          where e.authorisation_id is not null)
                        select a.authorisation_id, a.body, count(d.authorisation_id) as orders,
                          count(d.balance) as stopped,
                          coalesce(sum(d.traced_fen), 0) as traced,
                          coalesce(sum(d.balance), 0) as balance,
                          coalesce(sum(least(d.balance, d.traced_fen)) filter (where d.balance is not null), 0) as victims,
                          count(*) filter (where d.state = 'RELEASED') as released
                        from seen.authorisation a left join done d using (authorisation_id)
                        group by a.authorisation_id, a.body order by a.renewed_at desc limit 100\
                        """)
                    .map(
                        (row, context) ->
                            new Standing(
                                Bodies.read(row.getBytes("body"), StandingAuthorisation.class),
                                now,
                                row.getLong("orders"),
                                row.getLong("stopped"),
                                row.getLong("traced"),
                                row.getLong("balance"),
                                row.getLong("victims"),
                                row.getLong("released"),
                                used.getOrDefault(row.getString("authorisation_id"), Used.NOTHING)))
                    .list());
  }

  /**
   * What each has used of its limits, by authorisation: counted as the engine counts, by what an
   * order rests on, in windows longer by as much as evidence may be old.
   */
  private Map<String, Used> used(Instant now) {
    Map<String, Used> all = new HashMap<>();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select e.authorisation_id, s.bank,
                          count(*) filter (where s.basis_at >= :hour) as hour_orders,
                          coalesce(sum(greatest(s.traced_fen, s.amount_fen))
                            filter (where s.basis_at >= :hour), 0)::bigint as hour_fen,
                          count(*) as day_orders,
                          sum(greatest(s.traced_fen, s.amount_fen))::bigint as day_fen
                        from seen.envelope e join seen.stop_order s using (order_id)
                        where e.authorisation_id is not null and s.basis_at >= :day
                        group by 1, 2\
                        """)
                    .bind("hour", now.minus(EVIDENCE).minus(Duration.ofHours(1)))
                    .bind("day", now.minus(EVIDENCE).minus(Duration.ofDays(1)))
                    .map(
                        (row, context) ->
                            Map.entry(
                                row.getString("authorisation_id"),
                                Used.ofBank(
                                    row.getInt("hour_orders"),
                                    row.getLong("hour_fen"),
                                    row.getInt("day_orders"),
                                    row.getLong("day_fen"))))
                    .forEach(one -> all.merge(one.getKey(), one.getValue(), Used::plus)));
    return all;
  }

  /** Those written here that wait for opinion or signature. */
  public List<Draft> drafts() {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select * from own.standing_draft where signed_at is null order by"
                            + " written_at limit 50")
                    .map(
                        (row, context) ->
                            new Draft(
                                Bodies.read(row.getBytes("body"), StandingAuthorisation.class),
                                row.getString("written_by"),
                                row.getString("opinion"),
                                row.getString("opinion_by")))
                    .list());
  }

  private Optional<Draft> draft(String id) {
    return drafts().stream()
        .filter(draft -> draft.text().getAuthorisationId().equals(id))
        .findFirst();
  }

  private Optional<StandingAuthorisation> newest(String id) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select body from seen.authorisation where authorisation_id = ?")
                    .bind(0, id)
                    .mapTo(byte[].class)
                    .findOne())
        .map(body -> Bodies.read(body, StandingAuthorisation.class));
  }

  /**
   * Writes one down; it counts for nothing until it is signed.
   *
   * @param fields of the form
   * @throws ActException naming the first field that is wrong
   */
  public String write(Person person, Function<String, String> fields) {
    Instant now = acts.tick();
    String id = "S-" + UUID.randomUUID();
    StandingAuthorisation text = StandingForm.read(id, person.id(), now, fields);
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.standing_draft (authorisation_id, body, written_by,"
                        + " written_at) values (?, ?, ?, ?)",
                    id,
                    Bodies.write(text),
                    person.id(),
                    now));
    audit.note(person.id(), "STANDING WRITE", id, "");
    return id;
  }

  /** Puts the legal office's written opinion on record. */
  public void opinion(Person legal, String id, String record) {
    if (!record.matches("\\S.{2,80}")) {
      throw new ActException("standing.opinion");
    }
    draft(id).orElseThrow(() -> new ActException("act.unknown"));
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.standing_draft set opinion = ?, opinion_by = ? where"
                        + " authorisation_id = ? and signed_at is null",
                    record,
                    legal.id(),
                    id));
    audit.note(legal.id(), "STANDING OPINION", id, record);
  }

  /**
   * Signs and publishes a draft.
   *
   * @throws ActException without an opinion on record
   */
  public void sign(Person head, String id) {
    Draft draft = draft(id).orElseThrow(() -> new ActException("act.unknown"));
    if (draft.opinion() == null) {
      throw new ActException("standing.noOpinion");
    }
    publish(
        head,
        StandingAuthorisation.newBuilder(draft.text())
            .setOfficerId(head.id())
            .setLegalOpinion(draft.opinion())
            .setRenewedAt(acts.tick())
            .build(),
        "STANDING SIGN");
    Instant now = acts.tick();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.standing_draft set signed_at = ? where authorisation_id = ?",
                    now,
                    id));
  }

  /**
   * Narrows one that is signed: its next revision, at once. What would reach further needs a new
   * opinion and is refused.
   */
  public void limit(Person head, String id, Function<String, String> fields) {
    StandingAuthorisation before = newest(id).orElseThrow(() -> new ActException("act.unknown"));
    StandingAuthorisation next =
        StandingAuthorisation.newBuilder(StandingForm.read(id, head.id(), acts.tick(), fields))
            .setRevision(before.getRevision() + 1)
            .setAccountKinds(before.getAccountKinds())
            .setValidFrom(before.getValidFrom())
            .setLegalOpinion(before.getLegalOpinion())
            .build();
    if (before.getRevoked() || !StandingForm.narrower(next, before)) {
      throw new ActException("standing.wider");
    }
    publish(head, next, "STANDING LIMIT");
  }

  /** Revokes one: its next revision, at once. */
  public void revoke(Person head, String id, String reason) {
    if (reason.isBlank()) {
      throw new ActException("act.reason");
    }
    StandingAuthorisation before = newest(id).orElseThrow(() -> new ActException("act.unknown"));
    publish(
        head,
        StandingAuthorisation.newBuilder(before)
            .setOfficerId(head.id())
            .setRevision(before.getRevision() + 1)
            .setRevoked(true)
            .setRenewedAt(acts.tick())
            .build(),
        "STANDING REVOKE " + reason);
  }

  private void publish(Person head, StandingAuthorisation draft, String what) {
    if (head.role() != Role.SUPERVISOR) {
      throw new ActException(ActException.OTHERS);
    }
    try {
      StandingAuthorisation signed = Signatures.sign(draft, signers.of(head.id()));
      pen.write(TOPIC, signed.getAuthorisationId(), signed);
    } catch (CryptoException e) {
      throw new ActException("shift.noKey");
    } catch (RuntimeException e) {
      throw new ActException("standing.notSent");
    }
    audit.note(head.id(), what, draft.getAuthorisationId(), "revision " + draft.getRevision());
  }

  /**
   * Renews what was signed here, is in force and not revoked: while this desk lives, and no longer,
   * the engine may sign. Renewals are not signed.
   */
  public void renew() {
    List<byte[]> mine =
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select a.body from seen.authorisation a
                            join own.standing_draft d using (authorisation_id) where d.signed_at is not null\
                            """)
                        .mapTo(byte[].class)
                        .list());
    if (mine.isEmpty()) {
      return;
    }
    Instant now = acts.tick();
    for (byte[] body : mine) {
      StandingAuthorisation given = Bodies.read(body, StandingAuthorisation.class);
      if (!given.getRevoked()
          && given.getValidTo().isAfter(now)
          && now.isAfter(given.getRenewedAt())) {
        StandingAuthorisation again =
            StandingAuthorisation.newBuilder(given).setRenewedAt(now).build();
        pen.write(TOPIC, again.getAuthorisationId(), again);
      }
    }
  }

  /**
   * One on the topic, and what it has done.
   *
   * @param text its newest revision
   * @param now the newest tick
   * @param orders signed under it
   * @param stopped of them, stops that took effect
   * @param tracedFen victims' money that the orders named
   * @param balanceFen balances stopped, whoever's money it is
   * @param victimsFen victims' money stopped: traced, and at most the balance
   * @param released stops of it that were released
   * @param used of its limits
   */
  public record Standing(
      StandingAuthorisation text,
      Instant now,
      long orders,
      long stopped,
      long tracedFen,
      long balanceFen,
      long victimsFen,
      long released,
      Used used) {
    /** Seconds after which a renewal that was not heard ends it; the engine's setting. */
    private static final long RENEWED_WITHIN_SECONDS = 30;

    /** IN_FORCE, NOT_RENEWED, REVOKED, OVER. */
    public String state() {
      if (text.getRevoked()) {
        return "REVOKED";
      }
      if (!text.getValidTo().isAfter(now)) {
        return "OVER";
      }
      return text.getRenewedAt().isBefore(now.minusSeconds(RENEWED_WITHIN_SECONDS))
          ? "NOT_RENEWED"
          : "IN_FORCE";
    }
  }

  /**
   * What was signed under one authorisation; of banks the one with the most.
   *
   * @param hourOrders orders in the last hour
   * @param bankDayOrders most orders to one bank in the last day
   * @param dayOrders orders in the last day
   * @param hourFen money of them, fen: traced, or the transfer's amount when that is more
   * @param bankDayFen most money to one bank
   * @param dayFen money of the day
   */
  public record Used(
      int hourOrders,
      int bankDayOrders,
      int dayOrders,
      long hourFen,
      long bankDayFen,
      long dayFen) {
    static final Used NOTHING = new Used(0, 0, 0, 0, 0, 0);

    static Used ofBank(int hourOrders, long hourFen, int dayOrders, long dayFen) {
      return new Used(hourOrders, dayOrders, dayOrders, hourFen, dayFen, dayFen);
    }

    Used plus(Used other) {
      return new Used(
          hourOrders + other.hourOrders,
          Math.max(bankDayOrders, other.bankDayOrders),
          dayOrders + other.dayOrders,
          hourFen + other.hourFen,
          Math.max(bankDayFen, other.bankDayFen),
          dayFen + other.dayFen);
    }
  }

  /** One written here and not signed. */
  public record Draft(
      StandingAuthorisation text, String writtenBy, String opinion, String opinionBy) {}
}
