package dev.zhifu.desk.acts;

import dev.zhifu.desk.acts.ActBook.Row;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.appeal.AppealTable;
import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.rules.lives.refund.RefundTable;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.VictimHoldDetail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts about lives that the recovery job owns: cases, freezes, refunds, victim holds, appeals. They
 * wait, are signed and are shown as done as orders' acts are (ADR-0103): when a transition names
 * the act as its cause. A bank's paper that is typed in goes the same way, unsigned: it is an
 * answer.
 */
public final class LifeActDesk {
  private static final Logger LOG = LoggerFactory.getLogger(LifeActDesk.class);
  private static final String ACTS = "recovery.acts";
  private static final String OFFICER_ACTS = "officer.acts";
  private static final String ANSWERS = "recovery.answers";

  private final Store store;
  private final ActBook book;
  private final LifeTrial trial;
  private final TopicPen pen;
  private final Signers signers;
  private final Audit audit;
  private final WallClock clock;

  /**
   * @param store where acts wait
   * @param pen writes signed acts
   * @param signers persons' keys
   * @param audit hears of every step
   * @param clock a person's patience
   */
  public LifeActDesk(Store store, TopicPen pen, Signers signers, Audit audit, WallClock clock) {
    this.store = store;
    this.book = new ActBook(store);
    this.trial = new LifeTrial(store);
    this.pen = pen;
    this.signers = signers;
    this.audit = audit;
    this.clock = clock;
  }

  /** Tries acts by the tables. */
  public LifeTrial trial() {
    return trial;
  }

  /** The newest tick. */
  public Instant tickNow() {
    return tick();
  }

  /** Roles of docs/lives.md that a person may act in here. */
  public static Set<Role> rolesOf(Person person) {
    return switch (person.role()) {
      // What a victim, a holder or a bank says is written down by the officer who hears it.
      case OFFICER ->
          EnumSet.of(Role.DUTY_OFFICER, Role.CASE_OFFICER, Role.HOLDER, Role.VICTIM, Role.BANK);
      case SHIFT_LEADER ->
          EnumSet.of(
              Role.DUTY_OFFICER,
              Role.CASE_OFFICER,
              Role.DISPATCHER,
              Role.HOLDER,
              Role.VICTIM,
              Role.BANK);
      case SUPERVISOR -> EnumSet.of(Role.COUNTY_HEAD);
      case CITY_HEAD -> EnumSet.of(Role.CITY_HEAD);
      case LEGAL -> EnumSet.of(Role.LEGAL_REVIEWER);
      default -> EnumSet.noneOf(Role.class);
    };
  }

  /**
   * Why an act is not among a person's: every row of its table is other roles', or there is no such
   * act now.
   */
  public static ActException notOffered(LifeKind life, String event, Person person) {
    Set<Role> own = rolesOf(person);
    Set<Role> roles =
        rows(life).stream()
            .filter(row -> row.event().name().equals(event))
            .flatMap(row -> row.roles().stream())
            .collect(Collectors.toSet());
    return new ActException(
        roles.isEmpty() || roles.stream().anyMatch(own::contains)
            ? "act.unknown"
            : ActException.OTHERS);
  }

  private static List<? extends dev.zhifu.rules.lives.Row<?, ?, ?, ?>> rows(LifeKind life) {
    return switch (life) {
      case CASE -> CaseTable.law().rows();
      case FREEZE -> FreezeTable.law().rows();
      case REFUND -> RefundTable.law().rows();
      case VICTIM_HOLD -> VictimHoldTable.law().rows();
      case APPEAL -> AppealTable.law().rows();
      case PAPER -> PaperTable.law().rows();
      default -> List.of();
    };
  }

  /** What hinders these drafts, tried one after the other as the lives stand now. */
  public List<Hindrance> hindrances(Person person, List<LifeDraft> drafts) {
    Instant now = tick();
    CaseFile file = trial.file(drafts.get(0).caseId(), now);
    for (LifeDraft draft : drafts) {
      String second = draft.needsTwo() ? LifeDraft.SECOND : null;
      Row tried = row(newId(), "", draft, person, now);
      List<Hindrance> why = trial.judge(file, step(file, tried, second, now), now);
      if (!why.isEmpty()) {
        return why;
      }
    }
    return List.of();
  }

  /** A row as the job would hear it. */
  private static LifeTrial.Step step(CaseFile file, Row row, String secondId, Instant now) {
    return Role.BANK.name().equals(row.role())
        ? LifeTrial.Step.of(BankPaper.answer(file, row, now))
        : LifeTrial.Step.of(act(row, secondId, now));
  }

  /**
   * Asks for acts of one press. Without a second person they are signed and sent at once.
   *
   * @param drafts in the order in which they are to be heard; one case
   * @param groupId of other acts asked for with them; null for a new one
   * @param two true when a second person must confirm
   * @return the group's id
   * @throws ActException when a role is not the person's or a table does not allow one
   */
  public String ask(Person person, List<LifeDraft> drafts, String groupId, boolean two) {
    for (LifeDraft draft : drafts) {
      if (!rolesOf(person).contains(draft.role())) {
        throw new ActException(ActException.OTHERS);
      }
      if (draft.reason() == null || draft.reason().length() > 200) {
        throw new ActException("act.reason");
      }
    }
    if (!hindrances(person, drafts).isEmpty()) {
      throw new ActException("act.tables");
    }
    String group = groupId == null ? newId() : groupId;
    List<String> ids = new ArrayList<>();
    store
        .jdbi()
        .useTransaction(
            handle -> {
              Instant now = clock.get();
              for (LifeDraft draft : drafts) {
                if (book.other(
                    handle,
                    draft.event(),
                    draft.objectId(),
                    now.minus(ActDesk.SECOND_PERSON_WITHIN),
                    now.minus(ActDesk.WORD_WITHIN))) {
                  throw new ActException("act.other");
                }
                String id = newId();
                ids.add(id);
                // A millisecond apart: the book keeps the order of one press by it.
                book.insert(handle, row(id, group, draft, person, now.plusMillis(ids.size())));
              }
            });
    audit.note(
        person.id(),
        "ASK " + drafts.get(drafts.size() - 1).event(),
        drafts.get(0).objectId(),
        group);
    if (!two) {
      for (String id : ids) {
        send(book.find(id).orElseThrow(), null);
      }
    }
    return group;
  }

  private static Row row(String id, String group, LifeDraft draft, Person person, Instant askedAt) {
    byte[] detail = draft.detailBytes();
    Act act =
        new Act(
            id,
            group,
            draft.kind(),
            draft.life(),
            draft.event(),
            draft.objectId(),
            draft.caseId(),
            person.id(),
            null,
            draft.reason(),
            ActState.ASKED,
            askedAt,
            null);
    return new Row(
        act,
        subject(draft, detail),
        draft.role().name(),
        draft.amountFen(),
        detail,
        draft.documents());
  }

  private static String subject(LifeDraft draft, byte[] detail) {
    return Sha256.hex(
            ByteBuffer.wrap(
                (draft.objectId()
                        + "|"
                        + draft.event()
                        + "|"
                        + draft.amountFen()
                        + "|"
                        + draft.documents())
                    .getBytes(StandardCharsets.UTF_8)))
        + (detail == null ? "" : Sha256.hex(ByteBuffer.wrap(detail)));
  }

  /** Still allowed as it was when it was asked for. */
  void requireConfirmable(Row row, Person second) {
    Instant now = tick();
    CaseFile file = trial.file(row.act().caseId(), now);
    if (!trial.judge(file, step(file, row, second.id(), now), now).isEmpty()) {
      throw new ActException("act.tables");
    }
  }

  void send(Row row, Person second) {
    Act act = row.act();
    String secondId = second == null ? null : second.id();
    try {
      if (Role.BANK.name().equals(row.role())) {
        Instant now = tick();
        ChannelAnswer answer = BankPaper.answer(trial.file(act.caseId(), now), row, now);
        publish(act, secondId, Bodies.write(answer), ANSWERS, answer.getObjectId(), answer);
      } else if (act.kind() == null) {
        RecoveryAct signed =
            Signatures.sign(act(row, secondId, tick()), signers.of(act.officerId()));
        publish(act, secondId, Bodies.write(signed), ACTS, signed.getCaseId(), signed);
      } else {
        OfficerAct signed = Signatures.sign(officerAct(row, secondId), signers.of(act.officerId()));
        publish(act, secondId, Bodies.write(signed), OFFICER_ACTS, signed.getObjectId(), signed);
      }
    } catch (CryptoException e) {
      LOG.warn("act {} could not be signed: {}", act.actId(), e.getMessage());
      book.mark(act.actId(), "NOT_SENT", secondId, null, clock.get());
    }
  }

  private void publish(
      Act act,
      String secondId,
      byte[] body,
      String topic,
      String key,
      org.apache.avro.specific.SpecificRecordBase signed) {
    book.mark(act.actId(), "SENT", secondId, body, clock.get());
    try {
      pen.write(topic, key, signed);
    } catch (RuntimeException e) {
      LOG.warn("act {} was not taken by the broker: {}", act.actId(), e.toString());
      book.mark(act.actId(), "NOT_SENT", secondId, body, clock.get());
    }
  }

  private static RecoveryAct act(Row row, String secondId, Instant at) {
    Act act = row.act();
    return RecoveryAct.newBuilder()
        .setActId(act.actId())
        .setKind(act.life())
        .setCaseId(act.caseId())
        .setObjectId(act.objectId())
        .setEvent(act.event())
        .setOfficerId(act.officerId())
        .setRole(row.role())
        .setSecondOfficerId(secondId)
        .setAt(at)
        .setReason(act.reason())
        .setDocuments(row.documents())
        .setAmountFen(row.amountFen())
        .setDetail(row.detail() == null ? null : ByteBuffer.wrap(row.detail()))
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }

  private OfficerAct officerAct(Row row, String secondId) {
    Act act = row.act();
    return OfficerAct.newBuilder()
        .setActId(act.actId())
        .setKind(act.kind())
        .setOfficerId(act.officerId())
        .setRole(row.role())
        .setSecondOfficerId(secondId)
        .setAt(tick())
        .setObjectId(act.objectId())
        .setReason(act.reason())
        .setDocuments(List.of())
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }

  /** What the job has said about an act that was sent. */
  ActState word(Act act) {
    if (said("select 1 from seen.life_change where cause = ? limit 1", act.actId())) {
      return ActState.DONE;
    }
    if (refusal(act.actId()).isPresent()) {
      return ActState.TURNED_DOWN;
    }
    return act.state() == ActState.NOT_SENT
            || clock.get().isAfter(act.sentAt().plus(ActDesk.WORD_WITHIN))
        ? ActState.NOT_SENT
        : ActState.SENT;
  }

  private boolean said(String sql, String actId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery(sql).bind(0, actId).mapTo(Integer.class).findOne().isPresent());
  }

  /** What an act prepares of a refund; empty when it prepares none. */
  public Optional<RefundDetail> refundOf(String actId) {
    return book.find(actId)
        .filter(row -> row.act().life() == LifeKind.REFUND && row.detail() != null)
        .map(row -> (RefundDetail) detail(row));
  }

  /**
   * The object's data as the act makes them, or another act of the same press; empty when none
   * brings any.
   */
  public Optional<Object> brought(Act act) {
    return book.ofGroup(act.groupId()).stream()
        .filter(row -> row.act().objectId().equals(act.objectId()) && row.detail() != null)
        .findFirst()
        .map(LifeActDesk::detail);
  }

  private static Object detail(Row row) {
    try {
      return switch (row.act().life()) {
        case CASE -> CaseDetail.getDecoder().decode(row.detail());
        case FREEZE -> FreezeDetail.getDecoder().decode(row.detail());
        case REFUND -> RefundDetail.getDecoder().decode(row.detail());
        case VICTIM_HOLD -> VictimHoldDetail.getDecoder().decode(row.detail());
        case APPEAL -> AppealDetail.getDecoder().decode(row.detail());
        case PAPER -> PaperDetail.getDecoder().decode(row.detail());
        default ->
            throw new IllegalStateException(
                "act " + row.act().actId() + " carries data of " + row.act().life());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The amount that an act is about, fen; empty when it is about none. */
  public Optional<Long> amountOf(String actId) {
    return book.find(actId).map(Row::amountFen);
  }

  /** Documents that an act names; none when it is not known. */
  public List<String> documentsOf(String actId) {
    return book.find(actId).map(Row::documents).orElse(List.of());
  }

  /** Why the job refused an act, in its own words; empty while it has not. */
  public Optional<String> refusal(String actId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select body from seen.recovery_alarm where cause = ? and alarm in"
                            + " ('ACT_REFUSED', 'ANSWER_OUT_OF_PLACE') limit 1")
                    .bind(0, actId)
                    .mapTo(byte[].class)
                    .findOne())
        .map(body -> Bodies.read(body, dev.zhifu.wire.RecoveryAlarm.class).getWords());
  }

  /** The same by the guards that it names. */
  public List<Hindrance> refused(String actId) {
    return refusal(actId).map(words -> Hindrance.of(words, actId)).orElse(List.of());
  }

  /** Acts about lives of a case, the newest first, as they stand now. */
  public List<Act> ofCase(String caseId) {
    return book.ofCase(caseId).stream().map(row -> asItStands(row.act())).toList();
  }

  /** Acts about these objects, the newest first, as they stand now. */
  public List<Act> about(List<String> objectIds) {
    return book.about(objectIds).stream().map(row -> asItStands(row.act())).toList();
  }

  /** An act as it stands now. */
  Act asItStands(Act act) {
    return switch (act.state()) {
      case ASKED ->
          clock.get().isAfter(act.askedAt().plus(ActDesk.SECOND_PERSON_WITHIN))
              ? act.in(ActState.LAPSED)
              : act;
      case SENT, NOT_SENT -> act.in(word(act));
      default -> act;
    };
  }

  private Instant tick() {
    return ActDesk.tick(store);
  }

  private static String newId() {
    return "desk-" + UUID.randomUUID();
  }
}
