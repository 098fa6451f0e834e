package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Findings;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.paper.PaperEffect;
import dev.zhifu.rules.lives.paper.PaperEvent;
import dev.zhifu.rules.lives.paper.PaperFact;
import dev.zhifu.rules.lives.paper.PaperState;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.rules.lives.paper.TypedAnswers;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.PaperDetail;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Requests that go on paper. The answer, typed in by a signed act, reaches what they are about. */
final class PaperDesk extends Desk<PaperState, PaperEvent, PaperFact, PaperEffect> {

  /** Whose requests get a life of their own; a refund's table has its own printing and serving. */
  static final Set<LifeKind> OF =
      Set.of(LifeKind.FREEZE, LifeKind.VICTIM_HOLD, LifeKind.STOP_ORDER);

  /** Before the number of the institution's answer among an act's documents. */
  private static final String ANSWER = "answer:";

  private static final Map<LifeKind, Set<String>> ANSWERS =
      Map.of(
          LifeKind.FREEZE, ofBanks(FreezeTable.law()),
          LifeKind.VICTIM_HOLD, ofBanks(VictimHoldTable.law()));

  private final LifeDesk lives;

  PaperDesk(LifeTable<PaperState, PaperEvent, PaperFact, PaperEffect> table, LifeDesk lives) {
    super(LifeKind.PAPER, table, PaperState.class, PaperEvent.class, PaperFact.class);
    this.lives = lives;
  }

  private static Set<String> ofBanks(LifeTable<?, ?, ?, ?> table) {
    return table.rows().stream()
        .filter(row -> row.roles().contains(Role.BANK))
        .map(row -> row.event().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  static PaperDetail of(LifeTransition life) {
    return (PaperDetail) life.getDetail();
  }

  /** The paper of a request; made again it is the same. */
  static String idOf(ChannelRequest request) {
    return "paper:" + request.getRequestId();
  }

  static PaperDetail detail(ChannelRequest request) {
    return PaperDetail.newBuilder()
        .setRequestId(request.getRequestId())
        .setCode(request.getCode())
        .setAbout(request.getKind())
        .setAboutId(request.getObjectId())
        .setApplicationId(request.getApplicationId())
        .setBank(request.getBank())
        .setTarget(request.getAccount())
        .setAmountFen(request.getAmountFen())
        .setTermMonths(request.getTermMonths())
        .setWords(request.getWords())
        .build();
  }

  @Override
  Object opened(Turn turn, Happening happening) {
    // A person's act opens none: it would print what no life asked for.
    return happening.role() == Role.ENGINE && happening.detail() instanceof PaperDetail told
        ? PaperDetail.newBuilder(told).build()
        : null;
  }

  @Override
  void absorb(Turn turn, LifeTransition draft, PaperEvent event, Happening happening) {
    PaperDetail held = of(draft);
    switch (event) {
      case PRINTED -> held.setPrintedAt(turn.now());
      case SERVED -> held.setServedAt(turn.now());
      case ANSWERED -> {
        if (happening.detail() instanceof PaperDetail told) {
          held.setAnswer(told.getAnswer());
          held.setAnswerFen(told.getAnswerFen());
          held.setStartTime(told.getStartTime());
          held.setExpireTime(told.getExpireTime());
        }
      }
      default -> {
        // The others carry no data of the paper.
      }
    }
  }

  @Override
  void find(
      Turn turn,
      LifeTransition draft,
      PaperEvent event,
      Happening happening,
      Findings<PaperFact> findings) {
    PaperDetail held = of(draft);
    findings
        .found(PaperFact.ACT_VERIFIED, happening.verified(), "act " + happening.cause())
        .found(
            PaperFact.TWO_OFFICERS,
            happening.secondActor() != null
                && !happening.secondActor().isBlank()
                && !happening.secondActor().equals(happening.actor()),
            "officers " + happening.actor() + " and " + happening.secondActor())
        .found(
            PaperFact.RECEIPT_KEPT,
            happening.names("receipt:"),
            "documents " + happening.documents())
        .found(PaperFact.ANSWER_KEPT, happening.names(ANSWER), "documents " + happening.documents())
        .found(
            PaperFact.REASON_GIVEN,
            !happening.reason().isBlank(),
            "reason '" + happening.reason() + "'")
        .found(
            PaperFact.ANSWER_FITS,
            fits(held, happening),
            "answer '"
                + held.getAnswer()
                + "' to "
                + held.getCode()
                + " about "
                + held.getAbout()
                + ", start "
                + held.getStartTime()
                + ", reason '"
                + happening.reason()
                + "'");
  }

  private static boolean fits(PaperDetail held, Happening happening) {
    String answer = held.getAnswer();
    Set<String> answers =
        held.getAbout() == LifeKind.STOP_ORDER
            ? Set.copyOf(TypedAnswers.answersTo(held.getCode()))
            : ANSWERS.getOrDefault(held.getAbout(), Set.of());
    boolean known = answers.contains(answer);
    boolean started = !PaperTable.STARTS.contains(answer) || held.getStartTime() != null;
    boolean field =
        !answer.equals("BANK_MISMATCH") || PaperTable.FIELDS.contains(happening.reason());
    return known && started && field;
  }

  @Override
  void work(PaperEffect effect, Turn turn, LifeTransition draft, Happening happening) {
    switch (effect) {
      case START_PRINT_CLOCK -> start(turn, draft, PaperEvent.PRINT_LATE, LegalTerms.PAPER_PRINT);
      case END_PRINT_CLOCK -> Turn.end(draft, PaperEvent.PRINT_LATE.name());
      case START_SERVE_CLOCK -> start(turn, draft, PaperEvent.SERVE_LATE, LegalTerms.PAPER_SERVE);
      case END_SERVE_CLOCK -> Turn.end(draft, PaperEvent.SERVE_LATE.name());
      case START_ANSWER_CLOCK ->
          start(turn, draft, PaperEvent.ANSWER_LATE, LegalTerms.PAPER_ANSWER);
      case END_ANSWER_CLOCK -> Turn.end(draft, PaperEvent.ANSWER_LATE.name());
      case ALARM_OVERDUE ->
          turn.alarm(
              "OVERDUE",
              draft,
              "paper "
                  + draft.getObjectId()
                  + " for "
                  + of(draft).getBank()
                  + " is "
                  + draft.getState()
                  + ": "
                  + happening.event()
                  + " (our own service level)",
              happening.cause());
      case PASS_ANSWER_ON -> {
        // In follow, once the paper itself has moved.
      }
    }
  }

  private static void start(Turn turn, LifeTransition draft, PaperEvent event, Duration after) {
    Turn.start(draft, event.name(), turn.now().plus(after));
  }

  @Override
  void follow(Turn turn, LifeTransition done, PaperEvent event, Happening happening) {
    if (event == PaperEvent.ANSWERED) {
      lives.answered(turn, answer(done, happening));
    }
  }

  private static ChannelAnswer answer(LifeTransition paper, Happening typed) {
    PaperDetail held = of(paper);
    return ChannelAnswer.newBuilder()
        .setAnswerId(typed.cause() + ":answer")
        .setCode("")
        .setChannel(OrderChannel.PAPER)
        .setKind(held.getAbout())
        .setObjectId(held.getAboutId())
        .setCaseId(paper.getCaseId())
        .setApplicationId(held.getApplicationId())
        .setBank(held.getBank())
        .setEvent(held.getAnswer())
        .setAmountFen(held.getAnswerFen())
        .setStartTime(held.getStartTime())
        .setExpireTime(held.getExpireTime())
        .setDocumentNumber(
            typed.documents().stream()
                .filter(document -> document.startsWith(ANSWER))
                .map(document -> document.substring(ANSWER.length()))
                .findFirst()
                .orElse(""))
        .setAt(typed.at())
        .setRemark(typed.reason())
        .build();
  }
}
