package dev.zhifu.desk.shift;

import dev.zhifu.desk.acts.AccountQueries;
import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.acts.Signers;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.view.LifeWords;
import dev.zhifu.desk.warnings.WarningDesk;
import dev.zhifu.desk.words.Words;
import dev.zhifu.rules.lives.AlarmKind;
import dev.zhifu.rules.lives.desk.Duty;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.crypto.Signer;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.RecoveryAlarm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What a shift leaves behind, and the two signatures over it. */
public final class ShiftBook {
  private static final Words TOLD = Words.of("zh");

  /** How far ahead a hand-over looks; an engineering default. */
  public static final Duration AHEAD = Duration.ofHours(12);

  private static final int NOTE_MAX = 1_000;

  private final Store store;
  private final ActDesk acts;
  private final WarningDesk warnings;
  private final Signers signers;
  private final Audit audit;

  /**
   * @param store where hand-overs are
   * @param acts that still wait
   * @param warnings whose follow-ups come due
   * @param signers persons' keys
   * @param audit hears of both signatures
   */
  public ShiftBook(Store store, ActDesk acts, WarningDesk warnings, Signers signers, Audit audit) {
    this.store = store;
    this.acts = acts;
    this.warnings = warnings;
    this.signers = signers;
    this.audit = audit;
  }

  /** What stands open at the newest tick. */
  public Open open() {
    Instant now = acts.tick();
    OpenItems items = new OpenItems(store, warnings, now);
    List<Release> releases = items.releases();
    List<Due> overdue = items.overdue(releases);
    List<Due> due = items.due(AHEAD);
    List<Unanswered> toSign = items.toSign();
    List<Unanswered> unanswered = items.unanswered();
    List<WarningDesk.Waiting> sent = items.withoutResult();
    List<RecoveryAlarm> alarms = items.alarms(AHEAD);
    return new Open(
        now,
        overdue,
        due,
        toSign,
        releases,
        items.works(),
        sent,
        acts.open(),
        unanswered,
        new AccountQueries(store).open(),
        alarms,
        items.cut());
  }

  /**
   * Hands over: what stands open now and a note, signed by whoever goes.
   *
   * @throws ActException when the other is the same person or there is no key
   */
  public String give(Person from, Person to, String note) {
    if (from.id().equals(to.id()) || !to.role().asks()) {
      throw new ActException("shift.other");
    }
    if (note.length() > NOTE_MAX) {
      throw new ActException("act.reason");
    }
    Open open = open();
    String told = text(open, from, to, note);
    String id = "H-" + UUID.randomUUID();
    Signer signer = signer(from);
    byte[] signature = signer.sign(told.getBytes(StandardCharsets.UTF_8));
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.handover (handover_id, from_person, to_person, told, told_sha256,
                      given_at, given_key, given_signature) values (?, ?, ?, ?, ?, ?, ?, ?)\
                    """,
                    id,
                    from.id(),
                    to.id(),
                    told,
                    Sha256.hex(told),
                    open.at(),
                    signer.keyId(),
                    signature));
    audit.note(from.id(), "HAND OVER", id, to.id());
    return id;
  }

  /**
   * Takes over: the same text, signed by whoever comes.
   *
   * @throws ActException when it is not for this person or was taken before
   */
  public void take(Person to, String handoverId) {
    String told =
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select told from own.handover where handover_id = ? and to_person = ?"
                                + " and taken_at is null")
                        .bind(0, handoverId)
                        .bind(1, to.id())
                        .mapTo(String.class)
                        .findOne())
            .orElseThrow(() -> new ActException("shift.notYours"));
    Signer signer = signer(to);
    byte[] signature = signer.sign(told.getBytes(StandardCharsets.UTF_8));
    Instant now = acts.tick();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.handover set taken_at = ?, taken_key = ?, taken_signature = ? where"
                        + " handover_id = ? and taken_at is null",
                    now,
                    signer.keyId(),
                    signature,
                    handoverId));
    audit.note(to.id(), "TAKE OVER", handoverId, "");
  }

  private Signer signer(Person person) {
    try {
      return signers.of(person.id());
    } catch (CryptoException e) {
      throw new ActException("shift.noKey");
    }
  }

  /** The newest hand-overs. */
  public List<HandOver> newest() {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select * from own.handover order by given_at desc limit 20")
                    .map(
                        (row, context) ->
                            new HandOver(
                                row.getString("handover_id"),
                                row.getString("from_person"),
                                row.getString("to_person"),
                                row.getString("told"),
                                row.getString("told_sha256"),
                                row.getTimestamp("given_at").toInstant(),
                                row.getTimestamp("taken_at") == null
                                    ? null
                                    : row.getTimestamp("taken_at").toInstant()))
                    .list());
  }

  /** What both sign, as they read it: the record is in Chinese, its times those of the place. */
  private static String text(Open open, Person from, Person to, String note) {
    StringBuilder text = new StringBuilder();
    text.append(TOLD.full(open.at()))
        .append("　")
        .append(from.name() + " " + from.id())
        .append(" → ")
        .append(to.name() + " " + to.id());
    head(text, open, "overdue", open.overdue().size());
    open.overdue().forEach(one -> line(text, one));
    head(text, open, "due", open.due().size());
    open.due().forEach(one -> line(text, one));
    head(text, open, "toSign", open.toSign().size());
    open.toSign().forEach(one -> line(text, one));
    head(text, open, "releases", open.releases().size());
    open.releases().forEach(one -> line(text, one));
    head(text, open, "works", open.works().size());
    open.works().forEach(one -> line(text, one));
    head(text, open, "sent", open.sent().size());
    open.sent()
        .forEach(
            one ->
                line(
                    text,
                    TOLD.dayTime(one.at()),
                    TOLD.t("shift.warning"),
                    one.warningId(),
                    one.caseId()));
    text.append('\n').append(TOLD.t("shift.acts", open.acts().size()));
    open.acts()
        .forEach(
            act ->
                line(
                    text,
                    TOLD.t("actState." + act.state()),
                    act.aboutLife()
                        ? LifeWords.event(act.life(), act.event(), true)
                        : TOLD.t("act." + act.kind()),
                    act.objectId(),
                    act.caseId()));
    head(text, open, "unanswered", open.unanswered().size());
    open.unanswered().forEach(one -> line(text, one));
    text.append('\n').append(TOLD.t("query.openTitle", open.queries().size()));
    open.queries()
        .forEach(
            one -> {
              line(
                  text,
                  TOLD.dayTime(one.askedAt()),
                  one.bank() + " " + one.masked() + " " + TOLD.yuan(one.amountFen()),
                  one.id(),
                  "");
              text.append(' ').append(TOLD.t("find.report")).append(' ');
              text.append(Words.brief(one.originId()));
              if (one.withdrawAskedBy() != null) {
                text.append(' ');
                text.append(
                    TOLD.t("query.withdrawAsked", one.withdrawAskedBy(), one.withdrawReason()));
              }
            });
    head(text, open, "alarms", open.alarms().size());
    open.alarms()
        .forEach(
            one ->
                line(
                    text,
                    TOLD.dayTime(one.getTickAt()),
                    AlarmKind.of(one.getAlarm())
                        .map(kind -> kind.words().chinese())
                        .orElse(one.getAlarm()),
                    one.getObjectId(),
                    one.getCaseId()));
    return text.append('\n').append(TOLD.t("shift.note")).append("：").append(note).toString();
  }

  private static void head(StringBuilder text, Open open, String list, int size) {
    text.append('\n').append(TOLD.t("shift." + list, size));
    if (open.cut().contains(list)) {
      text.append(' ').append(TOLD.t("shift.cut", OpenItems.LIST_MAX));
    }
  }

  private static void line(StringBuilder text, Due due) {
    line(text, TOLD.dayTime(due.at()), due.words(TOLD), due.objectId(), due.caseId());
  }

  private static void line(StringBuilder text, Release one) {
    line(text, TOLD.dayTime(one.since()), one.words(TOLD), one.objectId(), one.caseId());
  }

  private static void line(StringBuilder text, Work one) {
    line(text, TOLD.dayTime(one.since()), one.words(TOLD), one.objectId(), one.caseId());
  }

  private static void line(StringBuilder text, Unanswered order) {
    line(text, TOLD.dayTime(order.since()), order.bank(), order.orderId(), order.caseId());
  }

  private static void line(
      StringBuilder text, String when, String what, String objectId, String caseId) {
    text.append("\n　").append(when).append(' ').append(what);
    text.append(' ').append(Words.brief(objectId));
    if (caseId != null && !caseId.isEmpty()) {
      text.append(' ').append(TOLD.t("case.word")).append(' ').append(Words.brief(caseId));
    }
  }

  /**
   * What stands open.
   *
   * @param at tick
   * @param overdue what ran out and is not done
   * @param due what runs out within {@link #AHEAD}
   * @param toSign requests of accepted reports that nobody has signed or rejected
   * @param releases what must be released and is not, and what is released and not lifted
   * @param works what else waits for a person here or an institution's answer
   * @param sent warnings that somebody was sent for, without a result
   * @param acts that wait for a second person or for the job's word
   * @param unanswered orders without any answer of their bank
   * @param queries questions on paper about masked accounts that stand
   * @param alarms raised within {@link #AHEAD} before now, the newest first
   * @param cut names of lists that hold more of a kind than are shown
   */
  public record Open(
      Instant at,
      List<Due> overdue,
      List<Due> due,
      List<Unanswered> toSign,
      List<Release> releases,
      List<Work> works,
      List<WarningDesk.Waiting> sent,
      List<Act> acts,
      List<Unanswered> unanswered,
      List<AccountQueries.Query> queries,
      List<RecoveryAlarm> alarms,
      Set<String> cut) {
    /** Lines of one kind beyond which a list is cut. */
    public int most() {
      return OpenItems.LIST_MAX;
    }
  }

  /**
   * What must be let go and is not free yet.
   *
   * @param since tick at which its release fell due, or was signed
   * @param overdueAt when the time to sign it is over; null where there is none, and once it is
   *     signed
   * @param duty what is missing
   */
  public record Release(
      LifeKind kind, String objectId, String caseId, Instant since, Instant overdueAt, Duty duty) {
    /** What it is and what is missing, in words. */
    public String words(Words words) {
      return words.t("life." + kind)
          + " "
          + (words.isChinese() ? duty.words().chinese() : duty.words().english());
    }
  }

  /**
   * Something else that waits.
   *
   * @param since tick since which it does
   * @param what name of the words that say what it is
   */
  public record Work(Instant since, LifeKind kind, String what, String objectId, String caseId) {
    /** What it is, in words. */
    public String words(Words words) {
      return words.t("life." + kind) + " " + words.t(what);
    }
  }

  /** Something that runs out: STOP_ENDS, FOLLOW_UP, or kind of a life and its clock's event. */
  public record Due(Instant at, String what, String objectId, String caseId) {
    /** What it is, in words. */
    public String words(Words words) {
      int dot = what.indexOf('.');
      if (dot < 0) {
        return words.t("shift." + what);
      }
      LifeKind kind = LifeKind.valueOf(what.substring(0, dot));
      return words.t("life." + kind)
          + " "
          + LifeWords.event(kind, what.substring(dot + 1), words.isChinese());
    }
  }

  /** An order that waits, for its bank or for a signature, since its newest transition. */
  public record Unanswered(String bank, String orderId, String caseId, Instant since) {}

  /** A shift handed over; {@code takenAt} is null while it waits for the second signature. */
  public record HandOver(
      String id,
      String from,
      String to,
      String told,
      String sha256,
      Instant givenAt,
      Instant takenAt) {}
}
