package dev.zhifu.desk.acts;

import dev.zhifu.desk.acts.Restrictions.Restriction;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.appeal.AppealEvent;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Appeals against restrictions: lodged here by a holder, a station or a bank, written to the topic
 * by an officer, answered as the table of docs/lives.md allows.
 */
public final class Appeals {
  /** Who lodges. */
  public static final List<String> LODGERS = List.of("HOLDER", "STATION", "BANK");

  /** Longest statement, and longest harm. */
  public static final int TEXT_MAX = 600;

  /** Reasons and remedy of a rejection together, as any act's reason. */
  private static final int REJECTION_MAX = 200;

  /** Between the reasons of a rejection and its remedy. */
  private static final String SPLIT = "\n";

  private static final RowMapper<Lodged> LODGED =
      (row, context) ->
          new Lodged(
              row.getString("appeal_id"),
              LifeKind.valueOf(row.getString("restriction")),
              row.getString("restriction_id"),
              row.getString("case_id"),
              row.getString("bank"),
              row.getString("account_token"),
              row.getString("holder_token"),
              row.getString("lodged_by"),
              row.getTimestamp("lodged_at").toInstant(),
              row.getString("person_id"),
              row.getString("statement"),
              row.getString("harm"),
              row.getString("act_id"));

  private final Store store;
  private final Restrictions restrictions;
  private final ActDesk acts;
  private final Audit audit;

  /**
   * @param store where appeals lie until recovery has them
   * @param acts signs and sends
   * @param audit hears who lodged what
   */
  public Appeals(Store store, ActDesk acts, Audit audit) {
    this.store = store;
    this.restrictions = new Restrictions(store);
    this.acts = acts;
    this.audit = audit;
  }

  /**
   * Lodges one against the restriction that {@code word} names.
   *
   * @param word id of the order, freeze or hold, its application id, the number of its notice, or
   *     the account's token
   * @param lodgedBy one of {@link #LODGERS}
   * @return its id
   * @throws ActException when no restriction in force is so named, more than one is, or, for a
   *     bank, none of its own
   */
  public String lodge(Person person, String word, String lodgedBy, String statement, String harm) {
    return lodge(person, "A-" + UUID.randomUUID(), word, lodgedBy, statement, harm);
  }

  /** As above under an id of the caller's: lodged again, it is the one that lies there. */
  public String lodge(
      Person person, String id, String word, String lodgedBy, String statement, String harm) {
    if (!LODGERS.contains(lodgedBy) || (person.role() == Role.BANK) != lodgedBy.equals("BANK")) {
      throw new ActException("appeal.lodger");
    }
    if (statement.isBlank()
        || statement.length() > TEXT_MAX
        || harm.isBlank()
        || harm.length() > TEXT_MAX) {
      throw new ActException("appeal.text");
    }
    Restriction against = against(person, word);
    Instant now = acts.tick();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.appeal (appeal_id, restriction, restriction_id, case_id, bank,
                      account_token, holder_token, lodged_by, lodged_at, person_id, statement, harm)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
                    """,
                    id,
                    against.kind().name(),
                    against.id(),
                    against.caseId(),
                    against.bank(),
                    against.accountToken(),
                    against.holderToken(),
                    lodgedBy,
                    now,
                    person.id(),
                    statement,
                    harm));
    audit.note(person.id(), "LODGE APPEAL", against.id(), id);
    if (person.role() != Role.BANK) {
      take(person, id);
    }
    return id;
  }

  private Restriction against(Person person, String word) {
    List<Restriction> named = visible(person, word);
    if (named.isEmpty()) {
      throw new ActException("appeal.unknown");
    }
    List<Restriction> inForce = named.stream().filter(Restriction::inForce).toList();
    if (inForce.isEmpty()) {
      throw new ActException("appeal.notInForce");
    }
    if (inForce.size() > 1) {
      throw new ActException("appeal.several");
    }
    return inForce.get(0);
  }

  /** Restrictions in force that {@code word} names: of several one must be chosen. */
  public List<Restriction> choices(Person person, String word) {
    return visible(person, word).stream().filter(Restriction::inForce).toList();
  }

  /** Another bank's restriction does not exist for a bank. */
  private List<Restriction> visible(Person person, String word) {
    return restrictions.named(word).stream()
        .filter(one -> person.role() != Role.BANK || one.bank().equals(person.bank()))
        .toList();
  }

  /**
   * Writes a lodged appeal to the topic.
   *
   * @throws ActException when the table does not allow it, or another officer has
   */
  public void take(Person officer, String appealId) {
    Lodged lodged = find(appealId).orElseThrow(() -> new ActException("act.unknown"));
    AppealDetail detail =
        AppealDetail.newBuilder()
            .setRestrictionId(lodged.restrictionId())
            .setRestriction(lodged.restriction())
            .setAccountToken(lodged.accountToken())
            .setBank(lodged.bank())
            .setHolder(lodged.holderToken())
            .setStatement(lodged.statement())
            .setHarm(lodged.harm())
            .setSubmittedAt(lodged.lodgedAt())
            .build();
    LifeDraft draft =
        LifeDraft.of(
                LifeKind.APPEAL,
                lodged.caseId(),
                appealId,
                AppealEvent.SUBMITTED.name(),
                dev.zhifu.rules.lives.Role.HOLDER,
                lodged.lodgedBy())
            .with(detail);
    String act = acts.lives().ask(officer, List.of(draft), null, false);
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.appeal set act_id = ? where appeal_id = ?", act, appealId));
  }

  /** Lodged and not written to the topic yet, the oldest first. */
  public List<Lodged> waiting() {
    return store.rows(
        LODGED, "select * from own.appeal where act_id is null order by lodged_at limit 200");
  }

  /** What a bank has lodged itself, the newest first. */
  public List<Lodged> ofBank(String bank) {
    return store.rows(
        LODGED,
        "select * from own.appeal where bank = ? and lodged_by = 'BANK' order by lodged_at desc"
            + " limit 100",
        bank);
  }

  /** One that was lodged here. */
  public Optional<Lodged> find(String appealId) {
    return store.row(LODGED, "select * from own.appeal where appeal_id = ?", appealId);
  }

  /** How recovery has an appeal; empty before it has it. */
  public Optional<LifeTransition> newest(String appealId) {
    return store
        .records(
            LifeTransition.class,
            "select body from seen.life_change where object_id = ? order by sequence desc limit 1",
            appealId)
        .stream()
        .findFirst();
  }

  /** The newest transition of each of these appeals that recovery has, by appeal. */
  public Map<String, LifeTransition> newest(Collection<String> appealIds) {
    Map<String, LifeTransition> newest = new HashMap<>();
    store
        .records(
            LifeTransition.class,
            """
            select distinct on (object_id) body from seen.life_change where object_id = any(?)
            order by object_id, sequence desc\
            """,
            (Object) appealIds.toArray(String[]::new))
        .forEach(life -> newest.put(life.getObjectId(), life));
    return newest;
  }

  /**
   * Appeals that are not decided, by what they are against: a release beside one leaves it so. Of
   * several the oldest.
   */
  public Map<String, String> open(Collection<String> restrictionIds) {
    Map<String, String> open = new HashMap<>();
    if (!restrictionIds.isEmpty()) {
      store
          .rows(
              (row, context) ->
                  Map.entry(row.getString("restriction_id"), row.getString("appeal_id")),
              """
              select a.restriction_id, a.appeal_id from own.appeal a
              left join lateral (
                select state from seen.life_change c where c.object_id = a.appeal_id
                order by sequence desc limit 1) s on true
              where a.restriction_id = any(?)
                and coalesce(s.state, 'LODGED') not in ('UPHELD', 'REJECTED')
              order by a.lodged_at, a.appeal_id\
              """,
              (Object) restrictionIds.toArray(String[]::new))
          .forEach(one -> open.putIfAbsent(one.getKey(), one.getValue()));
    }
    return open;
  }

  /**
   * What a rejection says: reasons, and what the holder can do next.
   *
   * @throws ActException when either is missing, or both are longer than an act's reason may be
   */
  public static String rejection(String reasons, String remedy) {
    String said = reasons.strip() + SPLIT + remedy.strip();
    if (reasons.isBlank() || remedy.isBlank() || said.length() > REJECTION_MAX) {
      throw new ActException("appeal.rejection");
    }
    return said;
  }

  /** How an appeal was decided; empty while it is not. */
  public static Optional<Decision> decision(LifeTransition life) {
    AppealDetail about = (AppealDetail) life.getDetail();
    if (about.getDecidedAt() == null) {
      return Optional.empty();
    }
    if (!about.getErrorCause().isEmpty()) {
      return Optional.of(new Decision(about.getDecidedAt(), about.getErrorCause(), ""));
    }
    String[] said = about.getRemedy().split(SPLIT, 2);
    return Optional.of(new Decision(about.getDecidedAt(), said[0], said.length > 1 ? said[1] : ""));
  }

  /**
   * How an appeal was decided.
   *
   * @param at tick
   * @param reason the cause of the wrong restriction, a code, when it is upheld; else the reasons
   * @param remedy what the holder can do next; empty when it is upheld, and where an act of before
   *     says both in its reasons
   */
  public record Decision(Instant at, String reason, String remedy) {}

  /** Appeals as recovery has them, the newest transition of each, those undecided first. */
  public List<LifeTransition> known() {
    return store.records(
        LifeTransition.class,
        """
        select body from (
          select distinct on (object_id) body, state, tick_at from seen.life_change
          where kind = 'APPEAL' order by object_id, sequence desc) t
        order by (state in ('UPHELD', 'REJECTED')), tick_at desc limit 200\
        """);
  }

  /**
   * An appeal lodged here.
   *
   * @param restriction what kind it is against
   * @param lodgedAt tick
   * @param personId who typed it in
   * @param actId group of the act that wrote it to the topic; null before
   */
  public record Lodged(
      String appealId,
      LifeKind restriction,
      String restrictionId,
      String caseId,
      String bank,
      String accountToken,
      String holderToken,
      String lodgedBy,
      Instant lodgedAt,
      String personId,
      String statement,
      String harm,
      String actId) {}
}
