package dev.zhifu.rules.stream;

import java.time.Instant;

/** Lines of event files for tests, at seconds from one constant time. */
public final class Lines {
  private static final Instant T0 = Instant.parse("2026-03-02T02:00:00Z");

  private Lines() {}

  /** A stranger from abroad calls the number's holder. */
  public static String call(String id, int second, String number) {
    return """
        {"eventId":"C01:%s","source":"C01","kind":"CALL_START","occurredAt":"%s","numberToken":"%s",\
        "holderToken":"h-%s","sessionId":"%s","peerToken":"p","peerPrefix":"INTERNATIONAL","firstContact":true}"""
        .formatted(id, T0.plusSeconds(second), number, number, id);
  }

  /** A transfer of the account's holder. */
  public static String transfer(String id, int second, String payer, String payee, long fen) {
    return """
        {"eventId":"B01:%s:COMPLETED","source":"B01","transactionId":"%s","kind":"TRANSFER",\
        "phase":"COMPLETED","occurredAt":"%s","amountFen":%d,"currency":"CNY","payer":%s,"payee":%s}"""
        .formatted(id, id, T0.plusSeconds(second), fen, account(payer), account(payee));
  }

  private static String account(String token) {
    return "{\"accountToken\":\"%s\",\"bank\":\"B01\",\"holderToken\":\"h-%s\",\"kind\":\"PERSONAL\",\"openedOn\":\"2020-01-02\"}"
        .formatted(token, token);
  }
}
