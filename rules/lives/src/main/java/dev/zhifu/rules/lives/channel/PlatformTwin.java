package dev.zhifu.rules.lives.channel;

import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.OrderChannel;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reference twin of the statutory platform with the banks behind it: freezes, their releases and
 * renewals, and releases of stops. It gives document number and seal, refuses what was sent twice
 * with 200003 and says its first answer again. Pure: the caller gives the time. No use in
 * production: it stands for a system that is not ours.
 */
public final class PlatformTwin {

  private final Map<String, ChannelAnswer> answered = new HashMap<>();
  private final Set<String> frozen = new HashSet<>();
  private final Set<String> frozenElsewhere = new HashSet<>();
  private final Set<String> unknown = new HashSet<>();
  private final Set<String> silent = new HashSet<>();

  /** An account that another authority has frozen: ours queues behind it. */
  public void frozenElsewhere(String accountToken) {
    frozenElsewhere.add(accountToken);
  }

  /** An account that its bank does not know. */
  public void unknown(String accountToken) {
    unknown.add(accountToken);
  }

  /** A bank that does not answer until {@link #answers}. */
  public void silent(String bank) {
    silent.add(bank);
  }

  /** A bank answers again. */
  public void answers(String bank) {
    silent.remove(bank);
  }

  /**
   * What came of a request.
   *
   * @param code of the transport
   * @param answer of the bank; null when there is none (yet)
   */
  public record Result(TransportCode code, ChannelAnswer answer) {}

  /**
   * Takes a request at {@code now}. The idempotency key is applicationID + message code, as the
   * platform's own.
   */
  public Result take(ChannelRequest request, Instant now) {
    Optional<MessageCode> message = MessageCode.of(request.getCode());
    if (message.isEmpty()
        || !message.get().down()
        || request.getApplicationId().length() != 36
        || request.getChannel() != OrderChannel.PLATFORM) {
      return new Result(TransportCode.FORMAT, null);
    }
    String key = request.getApplicationId() + ":" + request.getCode();
    ChannelAnswer known = answered.get(key);
    if (known != null) {
      return new Result(TransportCode.DUPLICATE, known);
    }
    if (silent.contains(request.getBank())) {
      return new Result(TransportCode.NO_ANSWER, null);
    }
    String account = request.getAccount().getAccountToken();
    if (unknown.contains(account)) {
      return new Result(TransportCode.NOT_FOUND, null);
    }
    ChannelAnswer answer = answer(request, message.get(), account, now);
    answered.put(key, answer);
    return new Result(TransportCode.OK, answer);
  }

  private ChannelAnswer answer(
      ChannelRequest request, MessageCode message, String account, Instant now) {
    String event =
        switch (message) {
          case FREEZE -> frozenElsewhere.contains(account) ? "BANK_QUEUED" : "BANK_FROZE";
          case LIFT_FREEZE, LIFT_STOP -> "BANK_LIFTED";
          case EXTEND_FREEZE -> frozen.contains(account) ? "BANK_RENEWED" : "BANK_REFUSED_RENEWAL";
          default -> "BANK_REFUSED";
        };
    if (event.equals("BANK_FROZE")) {
      frozen.add(account);
    } else if (message == MessageCode.LIFT_FREEZE) {
      frozen.remove(account);
    }
    boolean starts = event.equals("BANK_FROZE");
    String id = Sha256.hex(request.getApplicationId() + request.getCode());
    return ChannelAnswer.newBuilder()
        .setAnswerId(id)
        .setCode(message.feedback())
        .setChannel(OrderChannel.PLATFORM)
        .setKind(request.getKind())
        .setObjectId(request.getObjectId())
        .setCaseId(request.getCaseId())
        .setApplicationId(request.getApplicationId())
        .setBank(request.getBank())
        .setEvent(event)
        .setAmountFen(starts ? request.getAmountFen() : 0)
        .setStartTime(starts ? now : null)
        .setExpireTime(starts ? LegalTerms.monthsEnd(now, request.getTermMonths()) : null)
        .setAt(now)
        .setDocumentNumber("twin-" + id.substring(0, 12))
        .setSeal("twin-seal-" + id.substring(12, 24))
        .build();
  }
}
