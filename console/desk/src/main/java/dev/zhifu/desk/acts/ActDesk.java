package dev.zhifu.desk.acts;

import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.crypto.AuthorisationSubject;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes acts from the first press to the job's word. Signatures and releases need a second person
 * within two minutes; what was shown when they were asked for must still stand when they are
 * signed. An act is done when the job says so and never before.
 */
public final class ActDesk {
  /** How long a second person has; an engineering default, as [X] in the tables. */
  public static final Duration SECOND_PERSON_WITHIN = Duration.ofMinutes(2);

  /** How long the page waits for the job's word before it says NOT SENT. */
  public static final Duration WORD_WITHIN = Duration.ofSeconds(5);

  /** Most orders that may be asked for at once. */
  public static final int MANY = 20;

  private static final Logger LOG = LoggerFactory.getLogger(ActDesk.class);
  private static final Set<ActKind> TWO_PERSONS = EnumSet.of(ActKind.SIGN_ORDER, ActKind.RELEASE);
  private static final String TOPIC = "officer.acts";

  private final Store store;
  private final TopicPen pen;
  private final Signers signers;
  private final Audit audit;
  private final WallClock clock;

  private final RowMapper<Row> mapper =
      (row, context) ->
          new Row(
              new Act(
                  row.getString("act_id"),
                  row.getString("group_id"),
                  ActKind.valueOf(row.getString("kind")),
                  row.getString("object_id"),
                  row.getString("case_id"),
                  row.getString("officer_id"),
                  row.getString("second_officer_id"),
                  row.getString("reason"),
                  ActState.valueOf(row.getString("state")),
                  row.getTimestamp("asked_at").toInstant(),
                  row.getTimestamp("sent_at") == null
                      ? null
                      : row.getTimestamp("sent_at").toInstant()),
              row.getString("subject_sha256"));

  /**
   * @param store where acts wait
   * @param pen writes signed acts
   * @param signers the officers' keys
   * @param audit hears of every step
   * @param clock a person's patience
   */
  public ActDesk(Store store, TopicPen pen, Signers signers, Audit audit, WallClock clock) {
    this.store = store;
    this.pen = pen;
    this.signers = signers;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Asks for one act about an order; one that needs no second person is signed and sent at once.
   *
   * @param reason a cause's code or the officer's words
   * @return the act's id
   * @throws ActException when the tables do not allow it
   */
  public String ask(Person officer, ActKind kind, String orderId, String caseId, String reason) {
    StopPaymentRequest order = order(orderId);
    requireOffered(kind, order);
    requireReason(reason);
    String actId = newId();
    insert(actId, actId, kind, order, caseId, officer, reason);
    audit.note(officer.id(), "ASK " + kind, orderId, actId);
    if (!TWO_PERSONS.contains(kind)) {
      send(find(actId).orElseThrow(), null);
    }
    return actId;
  }

  /**
   * Asks for the signatures of several orders of one trace.
   *
   * @return the group's id
   * @throws ActException when they are too many, of several reports, or one may not be signed in
   *     company
   */
  public String askMany(Person officer, List<String> orderIds, String caseId, String reason) {
    if (orderIds.isEmpty() || orderIds.size() > MANY) {
      throw new ActException("act.many");
    }
    requireReason(reason);
    List<StopPaymentRequest> orders = orderIds.stream().distinct().map(this::order).toList();
    if (orders.stream().map(StopPaymentRequest::getReportId).distinct().count() != 1) {
      throw new ActException("act.oneTrace");
    }
    if (!orders.stream().allMatch(Offer::inBulk)) {
      throw new ActException("act.singly");
    }
    String groupId = newId();
    for (StopPaymentRequest order : orders) {
      insert(newId(), groupId, ActKind.SIGN_ORDER, order, caseId, officer, reason);
    }
    audit.note(officer.id(), "ASK SIGN_ORDER x" + orders.size(), caseId, groupId);
    return groupId;
  }

  /**
   * Accepts a report: signed and sent at once.
   *
   * @param report goes into the act
   * @param documents ids of form and identity document
   */
  public String accept(Person officer, VictimReport report, List<String> documents) {
    String actId = newId();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.act (act_id, group_id, kind, object_id, case_id, officer_id, reason,
                      subject_sha256, state, asked_at)
                    values (?, ?, 'ACCEPT_REPORT', ?, '', ?, 'report complete', '', 'ASKED', ?)""",
                    actId,
                    actId,
                    report.getReportId(),
                    officer.id(),
                    clock.get()));
    audit.note(officer.id(), "ACCEPT_REPORT", report.getReportId(), actId);
    OfficerAct draft =
        draft(find(actId).orElseThrow(), officer.role().onActs(), null)
            .setReport(report)
            .setDocuments(documents)
            .build();
    publish(actId, Signatures.sign(draft, signers.of(officer.id())), null);
    return actId;
  }

  /**
   * Confirms every act of a group as the second person.
   *
   * @throws ActException when it is the same person, too late, or what is to be signed has changed
   */
  public void confirm(Person second, String groupId) {
    List<Row> rows = ofGroup(groupId);
    if (rows.isEmpty()) {
      throw new ActException("act.unknown");
    }
    for (Row row : rows) {
      requireConfirmable(second, row);
    }
    audit.note(second.id(), "CONFIRM", rows.get(0).act.objectId(), groupId);
    rows.forEach(row -> send(row, second));
  }

  /** Refuses a group as the second person. */
  public void refuse(Person second, String groupId) {
    for (Row row : ofGroup(groupId)) {
      if (row.act.officerId().equals(second.id())) {
        throw new ActException("act.samePerson");
      }
    }
    int refused =
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle.execute(
                        "update own.act set state = 'REFUSED', second_officer_id = ? where group_id = ? and state = 'ASKED'",
                        second.id(),
                        groupId));
    audit.note(second.id(), "REFUSE x" + refused, groupId, groupId);
  }

  /** Acts that wait for a second person, the oldest first. */
  public List<Act> asked() {
    Instant oldest = clock.get().minus(SECOND_PERSON_WITHIN);
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select * from own.act where state = 'ASKED' and asked_at > ? and kind <> 'ACCEPT_REPORT' order by asked_at, act_id")
                    .bind(0, oldest)
                    .map(mapper)
                    .map(Row::act)
                    .list());
  }

  /** Acts asked for about these objects, the newest first, as they stand now. */
  public List<Act> about(List<String> objectIds) {
    if (objectIds.isEmpty()) {
      return List.of();
    }
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select * from own.act where object_id = any(?) order by asked_at desc, act_id")
                    .bind(0, objectIds.toArray(String[]::new))
                    .map(mapper)
                    .list())
        .stream()
        .map(row -> asItStands(row.act))
        .toList();
  }

  /** One act as it stands now. */
  public Optional<Act> state(String actId) {
    return find(actId).map(row -> asItStands(row.act));
  }

  private Act asItStands(Act act) {
    ActState state =
        switch (act.state()) {
          case ASKED ->
              clock.get().isAfter(act.askedAt().plus(SECOND_PERSON_WITHIN))
                  ? ActState.LAPSED
                  : ActState.ASKED;
          case SENT, NOT_SENT -> word(act);
          default -> act.state();
        };
    return new Act(
        act.actId(),
        act.groupId(),
        act.kind(),
        act.objectId(),
        act.caseId(),
        act.officerId(),
        act.secondId(),
        act.reason(),
        state,
        act.askedAt(),
        act.sentAt());
  }

  /** What the job has said about a sent act. */
  private ActState word(Act act) {
    if (confirmed(act)) {
      return ActState.DONE;
    }
    if (act.kind() != ActKind.ACCEPT_REPORT
        && !Offer.of(act.kind(), order(act.objectId())).isOpen()) {
      return ActState.OVERTAKEN;
    }
    return act.state() == ActState.NOT_SENT || clock.get().isAfter(act.sentAt().plus(WORD_WITHIN))
        ? ActState.NOT_SENT
        : ActState.SENT;
  }

  private boolean confirmed(Act act) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                act.kind() == ActKind.ACCEPT_REPORT
                    ? handle
                        .createQuery(
                            """
                            select 1 where exists (select 1 from seen.stop_order where report_id = ?)
                              or exists (select 1 from seen.fraud_case where report_id = ?)""")
                        .bind(0, act.objectId())
                        .bind(1, act.objectId())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent()
                    : handle
                        .createQuery(
                            "select 1 from seen.order_change where cause = ? and order_id = ? limit 1")
                        .bind(0, act.actId())
                        .bind(1, act.objectId())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
  }

  private void requireConfirmable(Person second, Row row) {
    if (row.act.officerId().equals(second.id())) {
      throw new ActException("act.samePerson");
    }
    if (row.act.state() != ActState.ASKED) {
      throw new ActException("act.notWaiting");
    }
    if (clock.get().isAfter(row.act.askedAt().plus(SECOND_PERSON_WITHIN))) {
      throw new ActException("act.tooLate");
    }
    StopPaymentRequest order = order(row.act.objectId());
    requireOffered(row.act.kind(), order);
    if (!subject(row.act.kind(), order).equals(row.subjectSha256)) {
      throw new ActException("act.changed");
    }
  }

  private void send(Row row, Person second) {
    Act act = row.act;
    StopPaymentRequest order = order(act.objectId());
    OfficerAct draft =
        draft(row, roleOf(act.officerId()), second == null ? null : second.id())
            .setAccountToken(order.getTarget().getAccountToken())
            .build();
    try {
      OfficerAct signed =
          act.kind() == ActKind.SIGN_ORDER
              ? Signatures.signOrder(
                  draft, AuthorisationSubject.of(order), signers.of(act.officerId()))
              : Signatures.sign(draft, signers.of(act.officerId()));
      publish(act.actId(), signed, second);
    } catch (CryptoException e) {
      LOG.warn("act {} could not be signed: {}", act.actId(), e.getMessage());
      mark(act.actId(), "NOT_SENT", second, null);
    }
  }

  /**
   * Marked before it leaves: a crash in between shows NOT SENT, and the job's word still counts.
   */
  private void publish(String actId, OfficerAct signed, Person second) {
    mark(actId, "SENT", second, Bodies.write(signed));
    try {
      pen.write(TOPIC, signed.getObjectId(), signed);
    } catch (RuntimeException e) {
      LOG.warn("act {} was not taken by the broker: {}", actId, e.toString());
      mark(actId, "NOT_SENT", second, Bodies.write(signed));
    }
  }

  private void mark(String actId, String state, Person second, byte[] body) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.act set state = ?, sent_at = ?, second_officer_id = ?, body = ? where act_id = ?",
                    state,
                    clock.get(),
                    second == null ? null : second.id(),
                    body,
                    actId));
  }

  private OfficerAct.Builder draft(Row row, String role, String secondId) {
    Act act = row.act;
    return OfficerAct.newBuilder()
        .setActId(act.actId())
        .setKind(act.kind())
        .setOfficerId(act.officerId())
        .setRole(role)
        .setSecondOfficerId(secondId)
        .setAt(tick())
        .setObjectId(act.objectId())
        .setReason(act.reason())
        .setDocuments(List.of())
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0));
  }

  /** The newest tick: an act's time is the engine's, not this machine's. */
  public Instant tick() {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select at from seen.clock where name = 'tick'")
                    .mapTo(Instant.class)
                    .findOne())
        .orElseThrow(() -> new ActException("act.noClock"));
  }

  private String roleOf(String officerId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select role from own.person where person_id = ?")
                    .bind(0, officerId)
                    .mapTo(String.class)
                    .map(role -> dev.zhifu.desk.people.Role.valueOf(role).onActs())
                    .one());
  }

  private StopPaymentRequest order(String orderId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select body from seen.stop_order where order_id = ?")
                    .bind(0, orderId)
                    .mapTo(byte[].class)
                    .findOne())
        .map(body -> Bodies.read(body, StopPaymentRequest.class))
        .orElseThrow(() -> new ActException("act.unknown"));
  }

  private void insert(
      String actId,
      String groupId,
      ActKind kind,
      StopPaymentRequest order,
      String caseId,
      Person officer,
      String reason) {
    store
        .jdbi()
        .useTransaction(
            handle -> {
              requireNoOther(handle, kind, order.getOrderId());
              handle.execute(
                  """
                  insert into own.act (act_id, group_id, kind, object_id, case_id, officer_id, reason,
                    subject_sha256, state, asked_at)
                  values (?, ?, ?, ?, ?, ?, ?, ?, 'ASKED', ?)""",
                  actId,
                  groupId,
                  kind.name(),
                  order.getOrderId(),
                  caseId,
                  officer.id(),
                  reason,
                  subject(kind, order),
                  clock.get());
            });
  }

  /** Two officers on one order: the second sees that the first has asked. */
  private void requireNoOther(Handle handle, ActKind kind, String orderId) {
    handle.execute("select pg_advisory_xact_lock(hashtext(?))", orderId);
    boolean other =
        handle
            .createQuery(
                """
                select 1 from own.act where object_id = ? and kind = ?
                  and (state = 'ASKED' and asked_at > ? or state = 'SENT' and sent_at > ?) limit 1""")
            .bind(0, orderId)
            .bind(1, kind.name())
            .bind(2, clock.get().minus(SECOND_PERSON_WITHIN))
            .bind(3, clock.get().minus(WORD_WITHIN))
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (other) {
      throw new ActException("act.other");
    }
  }

  private Optional<Row> find(String actId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select * from own.act where act_id = ?")
                    .bind(0, actId)
                    .map(mapper)
                    .findOne());
  }

  private List<Row> ofGroup(String groupId) {
    return new ArrayList<>(
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select * from own.act where group_id = ? order by act_id")
                        .bind(0, groupId)
                        .map(mapper)
                        .list()));
  }

  private static void requireOffered(ActKind kind, StopPaymentRequest order) {
    Offer offer = Offer.of(kind, order);
    if (!offer.isOpen()) {
      throw new ActException(offer.hindrance());
    }
  }

  private static void requireReason(String reason) {
    if (reason == null || reason.isBlank() || reason.length() > 200) {
      throw new ActException("act.reason");
    }
  }

  /** What a person saw and is to sign: the four fields and the sums; for other acts the order. */
  private static String subject(ActKind kind, StopPaymentRequest order) {
    if (kind != ActKind.SIGN_ORDER) {
      return order.getOrderId();
    }
    AuthorisationSubject subject = AuthorisationSubject.of(order);
    return Sha256.hex(
        String.join(
            "|",
            subject.orderId(),
            subject.bank(),
            subject.bankTransactionId(),
            Sha256.hex(subject.cipher()),
            Long.toString(subject.transferAmountFen()),
            subject.transferTime().toString(),
            Long.toString(order.getTracedFen())));
  }

  private static String newId() {
    return "desk-" + UUID.randomUUID();
  }

  private record Row(Act act, String subjectSha256) {}
}
