package dev.zhifu.desk.acts;

import dev.zhifu.desk.acts.ActBook.Row;
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
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
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
  private static final Set<ActState> OPEN =
      EnumSet.of(ActState.ASKED, ActState.SENT, ActState.NOT_SENT);
  private static final Set<ActKind> TWO_PERSONS =
      EnumSet.of(ActKind.SIGN_ORDER, ActKind.RELEASE, ActKind.EXTEND, ActKind.UPHOLD_APPEAL);
  private static final String TOPIC = "officer.acts";
  private static final String TAKEN = "report complete";
  private static final String COMPLETED = "booking found";
  private static final String CORRECTED = "data corrected";

  private final Store store;
  private final TopicPen pen;
  private final Signers signers;
  private final Audit audit;
  private final WallClock clock;

  private final ActBook book;
  private final LifeActDesk lives;

  /**
   * @param store where acts wait
   * @param pen writes signed acts
   * @param signers the officers' keys
   * @param audit hears of every step
   * @param clock a person's patience
   */
  public ActDesk(Store store, TopicPen pen, Signers signers, Audit audit, WallClock clock) {
    this.book = new ActBook(store);
    this.lives = new LifeActDesk(store, pen, signers, audit, clock);
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
    return ask(officer, kind, orderId, caseId, reason, null);
  }

  /** As above, together with other acts of {@code groupId}; null for a group of its own. */
  public String ask(
      Person officer, ActKind kind, String orderId, String caseId, String reason, String groupId) {
    StopPaymentRequest order = order(orderId);
    requireOffered(kind, order);
    requireReason(reason);
    String actId = newId();
    insert(actId, groupId == null ? actId : groupId, kind, order, caseId, officer, reason);
    audit.note(officer.id(), "ASK " + kind, orderId, actId);
    if (!TWO_PERSONS.contains(kind)) {
      send(book.find(actId).orElseThrow(), null);
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
    // All of them or none: what is refused must not leave half of it waiting for a second person.
    store
        .jdbi()
        .useTransaction(
            handle ->
                orders.stream()
                    .sorted(Comparator.comparing(StopPaymentRequest::getOrderId))
                    .forEach(
                        order ->
                            insert(
                                handle,
                                newId(),
                                groupId,
                                ActKind.SIGN_ORDER,
                                order,
                                caseId,
                                officer,
                                reason)));
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
    return accept(officer, report, documents, () -> {});
  }

  /**
   * The same of a report that is not on its topic yet. What the broker does not take shows NOT SENT
   * with the report in the act, and nothing of it is lost.
   *
   * @param reported writes the report, before the act
   */
  public String accept(
      Person officer, VictimReport report, List<String> documents, Runnable reported) {
    return accept(officer, report, documents, TAKEN, reported);
  }

  /** True of an acceptance that no job has confirmed: it may be sent again with its report. */
  public static boolean mayGoAgain(Act act) {
    return act.kind() == ActKind.ACCEPT_REPORT
        && act.state() == ActState.NOT_SENT
        && act.reason().equals(TAKEN);
  }

  /** Accepts a report again, now that a bank's booking completes one of its transfers. */
  public String complete(Person officer, VictimReport report, List<String> documents) {
    return accept(officer, report, documents, COMPLETED, () -> {});
  }

  /** Accepts a report again with data that a bank did not find as they were stated at first. */
  public String correct(Person officer, VictimReport report, List<String> documents) {
    return accept(officer, report, documents, CORRECTED, () -> {});
  }

  private String accept(
      Person officer,
      VictimReport report,
      List<String> documents,
      String reason,
      Runnable reported) {
    String actId = newId();
    Act asked =
        new Act(
            actId,
            actId,
            ActKind.ACCEPT_REPORT,
            null,
            null,
            report.getReportId(),
            "",
            officer.id(),
            null,
            reason,
            ActState.ASKED,
            clock.get(),
            null);
    store
        .jdbi()
        .useHandle(handle -> book.insert(handle, new ActBook.Row(asked, "", null, null, null)));
    audit.note(officer.id(), "ACCEPT_REPORT", report.getReportId(), actId);
    OfficerAct draft =
        draft(book.find(actId).orElseThrow(), officer.role().onActs(), null)
            .setReport(report)
            .setDocuments(documents)
            .build();
    publish(actId, Signatures.sign(draft, signers.of(officer.id())), null, reported);
    return actId;
  }

  /**
   * Confirms every act of a group as the second person.
   *
   * @throws ActException when it is the same person, too late, or what is to be signed has changed
   */
  public void confirm(Person second, String groupId) {
    List<Row> rows = book.ofGroup(groupId);
    if (rows.isEmpty()) {
      throw new ActException("act.unknown");
    }
    for (Row row : rows) {
      requireConfirmable(second, row);
    }
    if (!book.take(groupId, rows.size(), second.id(), clock.get())) {
      throw new ActException("act.notWaiting");
    }
    audit.note(second.id(), "CONFIRM", rows.get(0).act().objectId(), groupId);
    for (Row row : rows) {
      if (row.act().aboutLife()) {
        lives.send(row, second);
      } else {
        send(row, second);
      }
    }
  }

  /** Refuses a group as the second person. */
  public void refuse(Person second, String groupId) {
    for (Row row : book.ofGroup(groupId)) {
      if (row.act().officerId().equals(second.id())) {
        throw new ActException("act.samePerson");
      }
    }
    int refused = book.refuse(groupId, second.id());
    audit.note(second.id(), "REFUSE x" + refused, groupId, groupId);
  }

  /** Acts that wait for a second person, the oldest first. */
  public List<Act> asked() {
    return book.waiting(clock.get().minus(SECOND_PERSON_WITHIN)).stream().map(Row::act).toList();
  }

  /** Acts that wait for a second person or for the job's word, the newest first. */
  public List<Act> open() {
    return book.open(clock.get().minus(SECOND_PERSON_WITHIN)).stream()
        .map(row -> asItStands(row.act()))
        .filter(act -> OPEN.contains(act.state()))
        .toList();
  }

  /** Acts about lives that recovery owns. */
  public LifeActDesk lives() {
    return lives;
  }

  /** Acts asked for about these objects, the newest first, as they stand now. */
  public List<Act> about(List<String> objectIds) {
    return book.about(objectIds).stream().map(row -> asItStands(row.act())).toList();
  }

  /** One act as it stands now. */
  public Optional<Act> state(String actId) {
    return book.find(actId).map(row -> asItStands(row.act()));
  }

  /** The report that an act accepts, as it was signed; empty when it accepts none. */
  public Optional<VictimReport> reportOf(String actId) {
    return book.find(actId)
        .filter(row -> row.act().kind() == ActKind.ACCEPT_REPORT)
        .flatMap(row -> book.body(actId))
        .map(body -> Bodies.read(body, OfficerAct.class).getReport());
  }

  private Act asItStands(Act act) {
    if (act.aboutLife()) {
      return lives.asItStands(act);
    }
    return switch (act.state()) {
      case ASKED ->
          clock.get().isAfter(act.askedAt().plus(SECOND_PERSON_WITHIN))
              ? act.in(ActState.LAPSED)
              : act;
      case SENT, NOT_SENT -> act.in(word(act));
      default -> act;
    };
  }

  /** What the job has said about a sent act. */
  private ActState word(Act act) {
    if (confirmed(act)) {
      return ActState.DONE;
    }
    if (act.kind() != ActKind.ACCEPT_REPORT && !offer(act.kind(), order(act.objectId())).isOpen()) {
      return ActState.OVERTAKEN;
    }
    return act.state() == ActState.NOT_SENT || clock.get().isAfter(act.sentAt().plus(WORD_WITHIN))
        ? ActState.NOT_SENT
        : ActState.SENT;
  }

  private boolean confirmed(Act act) {
    return switch (act.kind()) {
      case ACCEPT_REPORT ->
          act.reason().equals(COMPLETED) || act.reason().equals(CORRECTED)
              ? quoted(act)
              : there(
                  """
                  select 1 where exists (select 1 from seen.stop_order where report_id = ?)
                    or exists (select 1 from seen.fraud_case where report_id = ?)\
                  """,
                  act.objectId(),
                  act.objectId());
      // The bank's answer brings it about, and names the request that this act led to.
      case EXTEND -> order(act.objectId()).getState() == OrderState.EXTENDED;
      default ->
          there(
              "select 1 from seen.order_change where cause = ? and order_id = ? limit 1",
              act.actId(),
              act.objectId());
    };
  }

  private boolean there(String sql, String... values) {
    return store.row((row, context) -> row.getInt(1), sql, (Object[]) values).isPresent();
  }

  /** True when a request quotes what the completed or corrected report brought. */
  private boolean quoted(Act act) {
    boolean corrected = act.reason().equals(CORRECTED);
    Set<Object> brought = brought(act, corrected);
    if (corrected) {
      book.about(List.of(act.objectId())).stream()
          .map(Row::act)
          .filter(one -> one.askedAt().isBefore(act.askedAt()))
          .forEach(one -> brought.removeAll(brought(one, true)));
    }
    return store
        .records(
            StopPaymentRequest.class,
            "select body from seen.stop_order where report_id = ?",
            act.objectId())
        .stream()
        .map(order -> corrected ? order.getTarget().getCipher() : order.getBankTransactionId())
        .anyMatch(quote -> quote != null && brought.contains(quote));
  }

  /** Bookings that an accepted report names, or the ciphertexts that it carries. */
  private Set<Object> brought(Act act, boolean ciphers) {
    Set<Object> all = new HashSet<>();
    book.body(act.actId())
        .map(body -> Bodies.read(body, OfficerAct.class).getReport())
        .ifPresent(
            report ->
                report
                    .getTransfers()
                    .forEach(
                        paid ->
                            all.add(
                                ciphers
                                    ? paid.getPayee().getCipher()
                                    : paid.getPayeeBankTransactionId())));
    return all;
  }

  private void requireConfirmable(Person second, Row row) {
    if (row.act().officerId().equals(second.id())) {
      throw new ActException("act.samePerson");
    }
    if (row.act().state() != ActState.ASKED) {
      throw new ActException("act.notWaiting");
    }
    if (clock.get().isAfter(row.act().askedAt().plus(SECOND_PERSON_WITHIN))) {
      throw new ActException("act.tooLate");
    }
    if (row.act().aboutLife()) {
      lives.requireConfirmable(row, second);
      return;
    }
    StopPaymentRequest order = order(row.act().objectId());
    requireOffered(row.act().kind(), order);
    if (!subject(row.act().kind(), order).equals(row.subjectSha256())) {
      throw new ActException("act.changed");
    }
  }

  private void send(Row row, Person second) {
    Act act = row.act();
    StopPaymentRequest order = order(act.objectId());
    OfficerAct draft =
        draft(row, roleOf(act.officerId()), second == null ? null : second.id())
            .setAccountToken(order.getTarget().getAccountToken())
            .build();
    try {
      OfficerAct signed =
          switch (act.kind()) {
            case SIGN_ORDER ->
                Signatures.signOrder(
                    draft, AuthorisationSubject.of(order), signers.of(act.officerId()));
            case EXTEND ->
                Signatures.signOrder(
                    draft, AuthorisationSubject.extending(order), signers.of(act.officerId()));
            default -> Signatures.sign(draft, signers.of(act.officerId()));
          };
      publish(act.actId(), signed, second, () -> {});
    } catch (CryptoException e) {
      LOG.warn("act {} could not be signed: {}", act.actId(), e.getMessage());
      mark(act.actId(), "NOT_SENT", second, null);
    }
  }

  /**
   * Marked before it leaves: a crash in between shows NOT SENT, and the job's word still counts.
   */
  private void publish(String actId, OfficerAct signed, Person second, Runnable before) {
    mark(actId, "SENT", second, Bodies.write(signed));
    try {
      before.run();
      pen.write(TOPIC, signed.getObjectId(), signed);
    } catch (RuntimeException e) {
      LOG.warn("act {} was not taken by the broker: {}", actId, e.toString());
      mark(actId, "NOT_SENT", second, Bodies.write(signed));
    }
  }

  private void mark(String actId, String state, Person second, byte[] body) {
    book.mark(actId, state, second == null ? null : second.id(), body, clock.get());
  }

  private OfficerAct.Builder draft(Row row, String role, String secondId) {
    Act act = row.act();
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
    return tick(store);
  }

  static Instant tick(Store store) {
    return store
        .row(
            (row, context) -> row.getTimestamp(1).toInstant(),
            "select at from seen.clock where name = 'tick'")
        .orElseThrow(() -> new ActException("act.noClock"));
  }

  private String roleOf(String officerId) {
    return store
        .row(
            (row, context) -> dev.zhifu.desk.people.Role.valueOf(row.getString(1)).onActs(),
            "select role from own.person where person_id = ?",
            officerId)
        .orElseThrow();
  }

  private StopPaymentRequest order(String orderId) {
    return store
        .records(
            StopPaymentRequest.class,
            "select body from seen.stop_order where order_id = ?",
            orderId)
        .stream()
        .findFirst()
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
            handle -> insert(handle, actId, groupId, kind, order, caseId, officer, reason));
  }

  private void insert(
      Handle handle,
      String actId,
      String groupId,
      ActKind kind,
      StopPaymentRequest order,
      String caseId,
      Person officer,
      String reason) {
    Instant now = clock.get();
    // Two officers on one order: the second sees that the first has asked.
    if (book.other(
        handle,
        kind.name(),
        order.getOrderId(),
        now.minus(SECOND_PERSON_WITHIN),
        now.minus(WORD_WITHIN))) {
      throw new ActException("act.other");
    }
    Act act =
        new Act(
            actId,
            groupId,
            kind,
            null,
            null,
            order.getOrderId(),
            caseId,
            officer.id(),
            null,
            reason,
            ActState.ASKED,
            now,
            null);
    book.insert(handle, new Row(act, subject(kind, order), null, null, null));
  }

  private void requireOffered(ActKind kind, StopPaymentRequest order) {
    Offer offer = offer(kind, order);
    if (!offer.isOpen()) {
      throw new ActException(offer.hindrance());
    }
  }

  private Offer offer(ActKind kind, StopPaymentRequest order) {
    return Offer.of(
        kind, order, kind == ActKind.EXTEND ? stopsOn(order.getTarget().getAccountToken()) : 0);
  }

  /** Offers about an order. */
  public List<Offer> offers(StopPaymentRequest order) {
    return Offer.on(order, Offer.inForce(order) ? stopsOn(order.getTarget().getAccountToken()) : 0);
  }

  /** Stops that took effect on an account: each order's first, and each extension. */
  private int stopsOn(String accountToken) {
    return store
        .records(
            StopPaymentRequest.class,
            """
            select c.body from seen.order_change c join seen.stop_order s using (order_id)
            where s.account_token = ? limit 500\
            """,
            accountToken)
        .stream()
        .filter(Offer::counts)
        .map(order -> order.getOrderId() + order.getState().equals(OrderState.EXTENDED))
        .collect(Collectors.toSet())
        .size();
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
}
