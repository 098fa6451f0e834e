package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.channel.ApplicationType;
import dev.zhifu.rules.lives.channel.MessageCode;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopDetail;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What recovery sends for a stop, whose life stop-orders owns: the order itself on paper where the
 * bank reads none, or where the platform gave no answer within the tries (100101; ADR-0155), the
 * one that extends it likewise (100105), and after a release the word to lift it (100103), watched
 * until the bank says that it did (100104; 1, 3, 5 minutes, our own service level).
 */
final class StopLifts {

  private static final String LIFT_LATE = "LIFT_LATE";
  private static final String LIFTED = "BANK_LIFTED";
  private static final List<String> LEVELS =
      List.of("ESCALATE_BANK", "ESCALATE_BANNER", "ESCALATE_CITY");

  private StopLifts() {}

  /** Sends what this transition asks for, once for the order's first case. */
  static void send(
      Turn turn, LifeTransition stop, StopPaymentRequest request, OrderChannel channel) {
    if (request.getCaseIds().isEmpty()
        || !turn.file().caseId().equals(request.getCaseIds().get(0))) {
      return;
    }
    boolean onPaper = channel == OrderChannel.PAPER;
    boolean first = request.getFromState() == OrderState.SIGNED;
    if (channel == OrderChannel.PLATFORM
        && request.getState() == OrderState.TIMEOUT
        && request.getFromState() == OrderState.SENT) {
      turn.output()
          .request(
              paper(
                  turn,
                  stop,
                  request,
                  MessageCode.STOP.code(),
                  OrderChannel.PAPER,
                  "紧急止付（管理平台逾时未答复，改以书面送达，申请编号不变）"
                      + " stop payment: the platform gave no answer in time, so it goes on paper"
                      + " under the same application id"));
    }
    if (request.getState() == OrderState.SENT && first && onPaper) {
      turn.output()
          .request(
              paper(
                  turn,
                  stop,
                  request,
                  MessageCode.STOP.code(),
                  OrderChannel.PAPER,
                  request.getOwnStop() == null
                      ? "紧急止付 stop payment"
                      : "补办紧急止付手续（银行已自行止付） late paperwork for the bank's own stop"));
    }
    boolean extensionOnPaper = onPaper || channel == OrderChannel.PLATFORM && silent(request);
    if (extensionOnPaper && request.getExtensionId() != null && !hasPaper(turn, request)) {
      turn.output()
          .request(
              ChannelRequest.newBuilder(
                      paper(
                          turn,
                          stop,
                          request,
                          MessageCode.EXTEND_STOP.code(),
                          OrderChannel.PAPER,
                          onPaper
                              ? "紧急止付延期 extend the stop"
                              : "紧急止付延期（管理平台逾时未答复，改以书面送达，申请编号不变）"
                                  + " extend the stop: the platform gave no answer in time, so it"
                                  + " goes on paper under the same application id"))
                  .setApplicationId(request.getExtensionId())
                  .setApplicationType(type(request).first().code())
                  .setOriginalApplicationId(request.getApplicationId())
                  .build());
    }
    boolean wasInForce =
        request.getFromState() != null && OrderTable.IN_FORCE.contains(request.getFromState());
    if (request.getState() == OrderState.RELEASED && wasInForce) {
      turn.output()
          .request(
              paper(
                  turn,
                  stop,
                  request,
                  MessageCode.LIFT_STOP.code(),
                  onPaper ? OrderChannel.PAPER : OrderChannel.PLATFORM,
                  "解除紧急止付 lift the stop"));
      LifeTransition watched = LifeTransition.newBuilder(stop).build();
      LegalTerms.ESCALATION.forEach(
          after -> Turn.start(watched, LIFT_LATE, turn.now().plus(after)));
      turn.file().put(watched);
    }
  }

  /**
   * True when stop-orders has given the extension up (EXTENSION_UNANSWERED): of its transitions
   * that leave a stop in force as it is, the clock makes this one alone.
   */
  private static boolean silent(StopPaymentRequest request) {
    return Role.CLOCK.name().equals(request.getRole())
        && OrderTable.IN_FORCE.contains(request.getState())
        && request.getState() == request.getFromState();
  }

  /** True when the extension has its paper: later transitions of the order name it too. */
  private static boolean hasPaper(Turn turn, StopPaymentRequest request) {
    return turn.file().all(LifeKind.PAPER).stream()
        .map(PaperDesk::of)
        .anyMatch(
            paper ->
                paper.getAboutId().equals(request.getOrderId())
                    && paper.getApplicationId().equals(request.getExtensionId()));
  }

  private static ChannelRequest paper(
      Turn turn,
      LifeTransition stop,
      StopPaymentRequest request,
      String code,
      OrderChannel channel,
      String words) {
    boolean stops = !code.equals(MessageCode.LIFT_STOP.code());
    String original =
        stops
            ? ApplicationType.original(request.getOwnStop(), request.getBasis())
            : request.getApplicationId();
    return ChannelRequest.newBuilder(
            Papers.request(
                turn,
                stop,
                code,
                channel,
                request.getApplicationId(),
                request.getTarget(),
                request.getTransferAmountFen(),
                0,
                words))
        .setReasonCode(request.getReasonCode())
        .setAuthorisation(request.getCause())
        .setApplicationType(stops ? type(request).code() : "")
        .setOriginalApplicationId(original == null ? "" : original)
        .setTransferTime(stops ? request.getTransferTime() : null)
        .build();
  }

  private static ApplicationType type(StopPaymentRequest request) {
    return ApplicationType.of(request.getOwnStop(), request.getBasis());
  }

  static boolean isLift(Happening happening) {
    return happening.event().equals(LIFTED) && happening.answer() != null;
  }

  /** The bank says that it lifted; a second word changes nothing. */
  static boolean lifted(Turn turn, LifeTransition known, Happening happening) {
    boolean own =
        known != null
            && known.getState().equals(OrderState.RELEASED.name())
            && ((StopDetail) known.getDetail()).getBank().equals(happening.answer().getBank());
    if (!own) {
      turn.alarm(
          "ANSWER_OUT_OF_PLACE",
          happening.answer().getKind(),
          happening.answer().getObjectId(),
          "stop "
              + happening.answer().getObjectId()
              + " is "
              + (known == null ? "not known" : known.getState())
              + " and is said to be lifted by "
              + happening.answer().getBank()
              + "; only a released stop is lifted, by its own bank: ask the bank",
          happening.cause());
      return false;
    }
    StopDetail held = (StopDetail) known.getDetail();
    if (held.getLiftedAt() != null) {
      return false;
    }
    LifeTransition lifted = LifeTransition.newBuilder(known).build();
    Instant start = happening.answer().getStartTime();
    Instant at = start == null ? happening.at() : start;
    ((StopDetail) lifted.getDetail()).setLiftedAt(at);
    turn.lifted(known, happening.answer().getChannel(), at);
    lifted.setClocks(new ArrayList<>());
    turn.file().put(lifted);
    return true;
  }

  /** A rung of the ladder: the bank has not said that it lifted. */
  static void late(Turn turn, LifeTransition stop, LifeClock rung) {
    int level = Math.max(0, LEVELS.size() - 1 - stop.getClocks().size());
    Duration after = LegalTerms.ESCALATION.get(level);
    turn.alarm(
        LEVELS.get(level),
        stop,
        "stop "
            + stop.getObjectId()
            + " was released, and "
            + ((StopDetail) stop.getDetail()).getBank()
            + " has not said that it lifted it after "
            + after.toMinutes()
            + " min (our own service level); phone the bank",
        "tick:" + rung.getDueAt().toEpochMilli() + ":" + LIFT_LATE);
  }
}
