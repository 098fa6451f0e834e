package dev.zhifu.desk.acts;

import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.channel.MessageCode;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.rules.lives.paper.TypedAnswers;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.StopDetail;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Papers with a life (ADR-0128) at the desk: what serving one puts on record, and which answers can
 * still reach what it is about. The tables decide; here stands only what a form brings (ADR-0139).
 */
public final class PaperWork {
  /** Prefixes of what serving a paper puts on record, in this order, each in a document. */
  public static final String RECEIPT = "receipt:";

  /** To whom it was handed. */
  public static final String TO = "to:";

  /** When, as an instant. */
  public static final String AT = "at:";

  /** At which duty desk of the institution. */
  public static final String DESK = "desk:";

  /** Prefix of the number under which the institution's answer is kept. */
  public static final String ANSWER = "answer:";

  /** Answers that name a sum: the balance before a stop, what is frozen. */
  public static final Set<String> SUMS = Set.of("BANK_STOPPED", "BANK_FROZE");

  private static final Set<String> EXTENDABLE = Set.of("ACTIVE", "ACTIVE_ZERO", "EXPIRED");
  private static final String LIFTED = "BANK_LIFTED";
  private static final String MISMATCH = "BANK_MISMATCH";
  private static final int NUMBER_MAX = 80;

  private PaperWork() {}

  /**
   * What an institution can have answered, as things stand.
   *
   * @return events of the table of what the paper is about; none when that waits for no answer, or
   *     for the answer to a newer paper
   */
  public static List<String> answers(CaseFile file, LifeTransition paper) {
    PaperDetail held = (PaperDetail) paper.getDetail();
    LifeTransition about = file.get(held.getAboutId());
    if (about == null) {
      return List.of();
    }
    if (held.getAbout() == LifeKind.FREEZE && ofRest(held)) {
      return answersToRest(file, paper, about);
    }
    if (!newest(file, paper)) {
      return List.of();
    }
    if (held.getAbout() == LifeKind.STOP_ORDER && !TypedAnswers.isStop(held)) {
      boolean waits =
          about.getState().equals(OrderState.RELEASED.name())
              && ((StopDetail) about.getDetail()).getLiftedAt() == null
              && !held.getAnswer().equals(LIFTED);
      return waits ? List.of(LIFTED) : List.of();
    }
    return switch (held.getAbout()) {
      case FREEZE -> ofFreeze(about);
      case VICTIM_HOLD -> ofBank(VictimHoldTable.law(), about);
      case STOP_ORDER -> ofStop(held, about);
      default -> List.of();
    };
  }

  /** The paper for a part of a freeze is the place to say that the part was lifted. */
  private static List<String> ofFreeze(LifeTransition about) {
    return ofBank(FreezeTable.law(), about).stream()
        .filter(event -> !event.equals(FreezeEvent.REST_LIFTED.name()))
        .toList();
  }

  private static boolean ofRest(PaperDetail held) {
    return held.getWords().equals(PaperTable.REST_OF_FREEZE);
  }

  /** The rest of a freeze is lifted beside whatever else its bank is asked. */
  private static List<String> answersToRest(
      CaseFile file, LifeTransition paper, LifeTransition about) {
    boolean waits =
        FreezeTable.HOLDING.contains(FreezeState.valueOf(about.getState()))
            && ((FreezeDetail) about.getDetail()).getRestAskedFen() > 0
            && newest(file, paper);
    return waits ? List.of(FreezeEvent.REST_LIFTED.name()) : List.of();
  }

  /** An extension is answered while the first stop is in force, or after it has run out. */
  private static List<String> ofStop(PaperDetail held, LifeTransition about) {
    List<String> fitting = TypedAnswers.answersTo(held.getCode());
    if (!held.getCode().equals(MessageCode.EXTEND_STOP.code())) {
      return ofBank(OrderTable.law(), about).stream().filter(fitting::contains).toList();
    }
    boolean waits = EXTENDABLE.contains(about.getState()) && held.getAnswer().isEmpty();
    return waits ? fitting : List.of();
  }

  private static List<String> ofBank(LifeTable<?, ?, ?, ?> table, LifeTransition about) {
    return table.rows().stream()
        .filter(row -> row.roles().contains(Role.BANK))
        .filter(row -> row.from().stream().anyMatch(from -> from.name().equals(about.getState())))
        .map(row -> row.event().name())
        .distinct()
        .toList();
  }

  /**
   * An object may have had several papers; what it waits for now is asked by the newest. Those for
   * the rest of a freeze stand beside the others.
   */
  private static boolean newest(CaseFile file, LifeTransition paper) {
    PaperDetail held = (PaperDetail) paper.getDetail();
    return file.all(LifeKind.PAPER).stream()
        .filter(one -> ((PaperDetail) one.getDetail()).getAboutId().equals(held.getAboutId()))
        .filter(one -> ofRest((PaperDetail) one.getDetail()) == ofRest(held))
        .max(Comparator.comparingLong(PaperWork::asked))
        .filter(one -> one.getObjectId().equals(paper.getObjectId()))
        .isPresent();
  }

  /** Number of the transition that asked for a paper: the end of its request's id. */
  public static long asked(LifeTransition paper) {
    String id = ((PaperDetail) paper.getDetail()).getRequestId();
    return Long.parseLong(id.substring(id.lastIndexOf(':') + 1));
  }

  /**
   * How a paper was served.
   *
   * @param receipt number of the receipt of service
   * @param to who took it
   * @param at when
   * @param desk duty desk of the institution
   */
  public record Service(String receipt, String to, Instant at, String desk) {}

  /**
   * A draft of SERVED with what was put on record.
   *
   * @throws ActException when something is missing, or it was served before it was printed
   */
  static LifeDraft served(LifeDraft draft, PaperDetail held, Service service) {
    if (!number(service.receipt) || service.to.isBlank() || service.desk.isBlank()) {
      throw new ActException("paperLife.service");
    }
    // Whoever serves writes down minutes.
    if (held.getPrintedAt() != null
        && service.at.isBefore(held.getPrintedAt().truncatedTo(ChronoUnit.MINUTES))) {
      throw new ActException("paperLife.servedBefore");
    }
    return draft.with(
        List.of(RECEIPT + service.receipt, TO + service.to, AT + service.at, DESK + service.desk));
  }

  /**
   * What an institution answered.
   *
   * @param event event of the table of what the paper is about
   * @param field which of the four fields did not match; anything for other answers
   * @param fen sum that it names; null when none was typed
   * @param start when it took effect; null when none was typed
   * @param expire when it ends; null when none was typed
   * @param number under which the answer is kept
   * @param remark in words
   */
  public record Answer(
      String event,
      String field,
      Long fen,
      Instant start,
      Instant expire,
      String number,
      String remark) {}

  /**
   * A draft of ANSWERED with the answer in it.
   *
   * @throws ActException when something that the answer needs is missing
   */
  static LifeDraft answered(LifeDraft draft, PaperDetail held, Answer answer) {
    if (!number(answer.number)) {
      throw new ActException("paperLife.number");
    }
    boolean starts = PaperTable.STARTS.contains(answer.event);
    if (starts && answer.start == null) {
      throw new ActException("paperLife.start.missing");
    }
    if (SUMS.contains(answer.event) && answer.fen == null) {
      throw new ActException("paperLife.sum");
    }
    boolean mismatch = answer.event.equals(MISMATCH);
    if (mismatch && !PaperTable.FIELDS.contains(answer.field)) {
      throw new ActException("paperLife.field");
    }
    PaperDetail told =
        PaperDetail.newBuilder(held)
            .setAnswer(answer.event)
            .setAnswerFen(SUMS.contains(answer.event) ? answer.fen : 0)
            .setStartTime(starts || answer.event.equals(LIFTED) ? answer.start : null)
            .setExpireTime(starts ? expire(held, answer) : null)
            .build();
    return new LifeDraft(
            draft.life(),
            draft.caseId(),
            draft.objectId(),
            draft.event(),
            draft.role(),
            mismatch ? answer.field : answer.remark,
            null,
            told,
            null)
        .with(List.of(ANSWER + answer.number));
  }

  /** A stop's end follows from its start; other ends are the institution's word. */
  private static Instant expire(PaperDetail held, Answer answer) {
    return held.getAbout() == LifeKind.STOP_ORDER
        ? answer.start.plus(LegalTerms.STOP)
        : answer.expire;
  }

  private static boolean number(String number) {
    return !number.isBlank() && number.length() <= NUMBER_MAX;
  }

  /** What a document with this prefix says; empty when there is none. */
  public static String said(List<String> documents, String prefix) {
    return documents.stream()
        .filter(one -> one.startsWith(prefix))
        .map(one -> one.substring(prefix.length()))
        .findFirst()
        .orElse("");
  }
}
