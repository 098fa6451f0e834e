package dev.zhifu.rules.lives.paper;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.channel.MessageCode;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an officer typed in of an institution's answer to an order on paper, as a receipt. */
public final class TypedAnswers {
  /**
   * In the place of a payload's hash where an officer typed the answer in; no bank may write it.
   */
  public static final String TYPED = "typed";

  private static final List<String> TO_STOP = ofBanks(OrderState.SENT);
  private static final List<String> TO_EXTENSION = toExtension();
  private static final List<String> TO_LIFT = List.of("BANK_LIFTED");

  private TypedAnswers() {}

  /**
   * What can be answered to a paper about a stop: events of the order's table, each an answer to
   * the message that the paper stands for.
   *
   * @param code 100101, 100103 or 100105
   * @return empty for any other message
   */
  public static List<String> answersTo(String code) {
    return MessageCode.of(code)
        .map(
            message ->
                switch (message) {
                  case STOP -> TO_STOP;
                  case EXTEND_STOP -> TO_EXTENSION;
                  case LIFT_STOP -> TO_LIFT;
                  default -> List.<String>of();
                })
        .orElse(List.of());
  }

  private static List<String> ofBanks(OrderState state) {
    return OrderTable.law().rows().stream()
        .filter(row -> row.roles().contains(Role.BANK) && row.from().contains(state))
        .map(row -> row.event().name())
        .distinct()
        .toList();
  }

  /** The second order is answered as the first one is, and takes effect in the first one's life. */
  private static List<String> toExtension() {
    List<String> answers = new ArrayList<>(List.of(OrderEvent.STOP_EXTENDED.name()));
    answers.addAll(ofBanks(OrderState.SENT));
    answers.removeAll(List.of(OrderEvent.BANK_STOPPED.name(), OrderEvent.BANK_STOPPED_ZERO.name()));
    return List.copyOf(answers);
  }

  /** True for a payload's hash that no bank may write. */
  public static boolean claimed(StopPaymentReceipt receipt) {
    return receipt.getPayloadSha256().equals(TYPED);
  }

  /** The receipt that an answered paper is; empty for every other transition. */
  public static Optional<StopPaymentReceipt> of(LifeTransition life) {
    if (life.getKind() != LifeKind.PAPER
        || !life.getState().equals("ANSWERED")
        || !(life.getDetail() instanceof PaperDetail paper)
        || !isStop(paper)) {
      return Optional.empty();
    }
    return result(paper.getAnswer(), life.getReason())
        .map(
            result ->
                StopPaymentReceipt.newBuilder()
                    .setOrderId(orderOf(paper).get())
                    .setApplicationId(paper.getApplicationId())
                    .setAccountToken(paper.getTarget().getAccountToken())
                    .setBank(paper.getBank())
                    .setPayloadSha256(TYPED)
                    .setResult(result)
                    .setBalanceBeforeFen(
                        result == ReceiptResult.STOPPED || result == ReceiptResult.STOPPED_ZERO
                            ? paper.getAnswerFen()
                            : null)
                    .setStartTime(paper.getStartTime())
                    .setExpireTime(paper.getExpireTime())
                    .setAt(life.getTickAt())
                    .setRemark(life.getReason())
                    .build());
  }

  /** True for the paper of a stop-payment order (100101) or of its extension (100105). */
  public static boolean isStop(PaperDetail paper) {
    return paper.getAbout() == LifeKind.STOP_ORDER && orderOf(paper).isPresent();
  }

  /** The order that the paper stands for; empty for what is none, as the word to lift one. */
  private static Optional<String> orderOf(PaperDetail paper) {
    return MessageCode.of(paper.getCode())
        .flatMap(
            code ->
                switch (code) {
                  case STOP -> Optional.of(paper.getAboutId());
                  case EXTEND_STOP -> Optional.of(EventIds.extensionId(paper.getAboutId()));
                  default -> Optional.empty();
                });
  }

  /**
   * The result of 100102 that an answer stands for.
   *
   * @param answer event of the order's table
   * @param field which of the four fields did not match; anything for other answers
   * @return empty for an event that answers no order
   */
  public static Optional<ReceiptResult> result(String answer, String field) {
    return switch (answer) {
      case "BANK_STOPPED", "STOP_EXTENDED" -> Optional.of(ReceiptResult.STOPPED);
      case "BANK_STOPPED_ZERO" -> Optional.of(ReceiptResult.STOPPED_ZERO);
      case "BANK_NOT_FOUND" -> Optional.of(ReceiptResult.ACCOUNT_NOT_FOUND);
      case "BANK_ALREADY_FROZEN" -> Optional.of(ReceiptResult.ALREADY_FROZEN);
      case "BANK_TURNED_AWAY" -> Optional.of(ReceiptResult.FORMAT_ERROR);
      case "BANK_HAS_IT" -> Optional.of(ReceiptResult.DUPLICATE);
      case "BANK_MISMATCH" -> Optional.of(ReceiptResult.valueOf("MISMATCH_" + field));
      default -> Optional.empty();
    };
  }
}
