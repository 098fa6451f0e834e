package dev.zhifu.rules.lives.channel;

import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.OrderChannel;
import java.time.Instant;
import java.util.Optional;

/**
 * What a result of the transport means for a request that no bank has answered: the adapter of the
 * platform says it on {@code recovery.answers} as an answer of its own.
 */
public final class TransportAnswers {

  /** The message has not reached the bank; a person uses another channel. No life moves by it. */
  public static final String NOT_DELIVERED = "NOT_DELIVERED";

  private TransportAnswers() {}

  /**
   * The answer that {@code code} is.
   *
   * @param at time of the result
   * @return empty when nothing is to be said: the bank's feedback follows (100000, 200003), or the
   *     same request goes out again under the same id when its clock rings (200002, 200008, 600004,
   *     600005)
   */
  public static Optional<ChannelAnswer> of(ChannelRequest request, TransportCode code, Instant at) {
    return event(request, code)
        .map(
            event ->
                ChannelAnswer.newBuilder()
                    .setAnswerId(Sha256.hex(request.getRequestId() + "\n" + code.code()))
                    .setCode(
                        MessageCode.of(request.getCode()).map(MessageCode::feedback).orElse(""))
                    .setChannel(OrderChannel.PLATFORM)
                    .setKind(request.getKind())
                    .setObjectId(request.getObjectId())
                    .setCaseId(request.getCaseId())
                    .setApplicationId(request.getApplicationId())
                    .setBank(request.getBank())
                    .setEvent(event)
                    .setRemark(code.code() + " " + code.words())
                    .setAt(at)
                    .build());
  }

  private static Optional<String> event(ChannelRequest request, TransportCode code) {
    return switch (code.then()) {
      case WAIT, AGAIN -> Optional.empty();
      case PERSON -> Optional.of(NOT_DELIVERED);
      case CORRECT ->
          Optional.of(
              switch (MessageCode.of(request.getCode()).orElse(MessageCode.LIFT_STOP)) {
                case FREEZE -> "BANK_REFUSED";
                case EXTEND_FREEZE -> "BANK_REFUSED_RENEWAL";
                // What is to be lifted stays due until it is lifted.
                default -> NOT_DELIVERED;
              });
    };
  }
}
