package dev.zhifu.rules.lives.channel;

import dev.zhifu.rules.lives.order.OrderEvent;
import java.util.Arrays;
import java.util.Optional;

/** Results of the transport, and what each means for an order. */
public enum TransportCode {
  OK("100000", Then.WAIT, "accepted; the bank's feedback follows"),
  FORMAT("200001", Then.CORRECT, "format error: correct and send under a new id"),
  NO_ANSWER("200002", Then.AGAIN, "no answer in time: send again under the same id"),
  DUPLICATE("200003", Then.WAIT, "it is there already: the feedback follows"),
  NOT_AUTHORISED_4("200004", Then.PERSON, "not authorised: ask the platform"),
  NOT_AUTHORISED_5("200005", Then.PERSON, "not authorised: ask the platform"),
  NOT_AUTHORISED_6("200006", Then.PERSON, "not authorised: ask the platform"),
  NOT_AUTHORISED_7("200007", Then.PERSON, "not authorised: ask the platform"),
  QUOTA("200008", Then.AGAIN, "quota exceeded: send again under the same id, or by paper"),
  CLOSED("200009", Then.PERSON, "channel closed: send by paper"),
  NOT_FOUND("200010", Then.CORRECT, "account not found: correct and send under a new id"),
  SOCKET_4("600004", Then.AGAIN, "connection failed: send again under the same id"),
  SOCKET_5("600005", Then.AGAIN, "connection failed: send again under the same id");

  /** What the sender does. */
  public enum Then {
    /** Wait for the bank's feedback. */
    WAIT,
    /** Send again, the same bytes under the same id. */
    AGAIN,
    /** The order has ended; correct the data and make a new one. */
    CORRECT,
    /** A person looks at it, and uses another channel. */
    PERSON
  }

  private final String code;
  private final Then then;
  private final String words;

  TransportCode(String code, Then then, String words) {
    this.code = code;
    this.then = then;
    this.words = words;
  }

  public String code() {
    return code;
  }

  public Then then() {
    return then;
  }

  public String words() {
    return words;
  }

  /** The event of a stop-payment order that it is; empty when the order stays as it is. */
  public Optional<OrderEvent> event() {
    return switch (this) {
      case FORMAT -> Optional.of(OrderEvent.BANK_TURNED_AWAY);
      case NOT_FOUND -> Optional.of(OrderEvent.BANK_NOT_FOUND);
      case DUPLICATE -> Optional.of(OrderEvent.BANK_HAS_IT);
      case OK,
          NO_ANSWER,
          NOT_AUTHORISED_4,
          NOT_AUTHORISED_5,
          NOT_AUTHORISED_6,
          NOT_AUTHORISED_7,
          QUOTA,
          CLOSED,
          SOCKET_4,
          SOCKET_5 ->
          Optional.empty();
    };
  }

  /** The result of six digits; empty when there is none. */
  public static Optional<TransportCode> of(String code) {
    return Arrays.stream(values()).filter(result -> result.code.equals(code)).findFirst();
  }
}
