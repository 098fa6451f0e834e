package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.desk.identities.Telephone;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import dev.zhifu.rules.lives.channel.ApplicationType;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.schemas.events.Fault;
import dev.zhifu.schemas.events.IngressValidator;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.VictimReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What a bank states in clear, as records that hold tokens and ciphertexts alone. */
final class Clear {
  /** Transfers that one case report names; a form at the desk holds as many. */
  static final int TRANSFERS_MAX = 6;

  /** What the ids of case reports begin with. */
  static final String REPORT = "R-";

  /** What an own stop is on unless the bank says otherwise. */
  private static final String CNY_DEMAND = "CNY_DEMAND";

  private static final Duration TERM = Duration.ofHours(48);
  private static final String CARD = "[0-9]{12,19}";
  private static final String ACCOUNT = ApplicationType.ACCOUNT;

  /** Characters of a name, and of who takes a report at the bank. */
  static final int NAME_MAX = 60;

  private static final int SENTENCE_MAX = 600;

  private final Centre centre;

  Clear(Centre centre) {
    this.centre = centre;
  }

  /**
   * A case report (100401).
   *
   * @param reportId its id here
   * @throws FieldException with the field, its value and the rule broken
   */
  Report report(String bank, String reportId, JsonNode body) {
    return report(bank, reportId, applicationId(reportId), body);
  }

  /**
   * A case report (100401) that has its applicationID already.
   *
   * @param reportId its id here
   * @throws FieldException with the field, its value and the rule broken
   */
  Report report(String bank, String reportId, String applicationId, JsonNode body) {
    boolean stopped = Fields.matching(body, "applicationType", "01|02").equals("02");
    if (stopped != body.path("stop").isObject()) {
      throw new FieldException(
          "stop is there exactly when applicationType is 02, a stop that the bank has made itself");
    }
    String incident = Fields.filled(body, "incident", SENTENCE_MAX);
    String operator = Fields.filled(body, "operatorName", NAME_MAX);
    String name = Fields.filled(body, "victimName", NAME_MAX);
    String idNumber = Fields.secret(body, "victimIdNumber", "[0-9]{17}[0-9Xx]|[A-Za-z0-9]{5,20}");
    String phone = phone(body);
    String holder = centre.tokens().holder(idNumber);
    AccountRef payer =
        account(Fields.secret(body, "payerNumber", CARD), name, holder, "payerNumber");
    Stopped stop = stopped ? stop(bank, applicationId, body.path("stop")) : null;
    List<ReportedTransfer> transfers = new ArrayList<>();
    JsonNode paid = body.path("transfers");
    if (!paid.isArray() || paid.isEmpty() || paid.size() > TRANSFERS_MAX) {
      throw new FieldException("transfers are 1 to " + TRANSFERS_MAX);
    }
    paid.forEach(one -> transfers.add(transfer(payer, one, stop, applicationId)));
    if (stop != null && transfers.stream().allMatch(one -> one.getOwnStop() == null)) {
      throw new FieldException(
          "stop.number is the payee of none of the transfers; name the transfer into the account,"
              + " which the order that follows is compared with");
    }
    VictimReport report =
        VictimReport.newBuilder()
            .setReportId(reportId)
            .setReportedAt(past(body, "reportedAt"))
            .setReceivedAt(centre.tick().get())
            .setHolderToken(holder)
            .setTakenBy("bank " + bank)
            .setReportChannel("branch")
            .setTransfers(transfers)
            .build();
    refuse(report);
    centre.identities().keep(holder, new ClearIdentity(TokenKind.HOLDER, name, idNumber));
    return new Report(report, stop, incident, operator, number(phone));
  }

  /** The victim's telephone number, as typed; empty where the bank gives none. */
  private static String phone(JsonNode body) {
    String phone = body.path("victimPhone").asText("");
    if (!phone.isEmpty() && Telephone.meant(phone).isEmpty()) {
      throw new FieldException(
          "victimPhone is no telephone number of 5 to 15 digits; leave it out where there is none");
    }
    return phone;
  }

  private String number(String phone) {
    if (phone.isEmpty()) {
      return null;
    }
    String token = centre.tokens().number(Telephone.meant(phone).get(0));
    centre.identities().keep(token, new ClearIdentity(TokenKind.NUMBER, "", phone));
    return token;
  }

  private ReportedTransfer transfer(
      AccountRef payer, JsonNode paid, Stopped stop, String applicationId) {
    String number = Fields.secret(paid, "number", ACCOUNT);
    AccountRef payee = account(number, Fields.filled(paid, "name", NAME_MAX), null, "number");
    OwnStop own =
        stop != null && stop.accountToken().equals(payee.getAccountToken()) ? stop.ownStop() : null;
    boolean demand =
        !ApplicationType.namesSubaccount(number) && (own == null || own.getCnyDemand());
    return ReportedTransfer.newBuilder()
        .setPayer(payer)
        .setPayee(payee)
        .setAmountFen(Fields.fen(paid, "amountFen"))
        .setOccurredAt(past(paid, "at"))
        .setTransactionId(
            paid.path("transactionId").isTextual() ? Fields.text(paid, "transactionId", 64) : null)
        .setOwnStop(own)
        .setBasis(new StopBasis(applicationId, demand))
        .build();
  }

  private Stopped stop(String bank, String applicationId, JsonNode stop) {
    String number = Fields.secret(stop, "number", ACCOUNT);
    Instant start = past(stop, "startTime");
    Instant expire = Fields.time(stop, "expireTime", true);
    long balance = Fields.fen(stop, "balanceBeforeFen");
    if (!expire.isAfter(start) || Duration.between(start, expire).compareTo(TERM) > 0) {
      throw new FieldException(
          "expireTime is " + expire + "; it lies after startTime, 48 h at most");
    }
    AccountRef account = account(number, "", null, "stop.number");
    if (!account.getBank().equals(bank)) {
      throw new FieldException(
          "stop.number is no account of bank " + bank + "; a bank stops its own");
    }
    String deposit =
        stop.path("deposit").isMissingNode()
            ? CNY_DEMAND
            : Fields.matching(stop, "deposit", CNY_DEMAND + "|OTHER");
    boolean demand = deposit.equals(CNY_DEMAND) && !ApplicationType.namesSubaccount(number);
    return new Stopped(
        account.getAccountToken(), new OwnStop(applicationId, start, expire, balance, demand));
  }

  /** applicationID of a case report: what an order that follows it names as its original. */
  static String applicationId(String reportId) {
    return EventIds.applicationId(Sha256.hex(reportId));
  }

  /** One movement of money (100306 and what the ingress hears): the bank's own books. */
  BankTransaction move(String bank, JsonNode body) {
    TransactionPhase phase = Fields.word(body, "phase", TransactionPhase.class);
    String id = Fields.matching(body, "transactionId", "[A-Za-z0-9._-]{1,48}");
    Instant occurred = past(body, "occurredAt");
    Instant tick = centre.tick().get();
    BankTransaction move =
        BankTransaction.newBuilder()
            .setEventId(bank + ":" + id + ":" + phase)
            .setSource(bank)
            .setTransactionId(id)
            .setKind(Fields.word(body, "kind", TransactionKind.class))
            .setPhase(phase)
            .setOccurredAt(occurred)
            .setReceivedAt(occurred.isAfter(tick) ? occurred : tick)
            .setAmountFen(Fields.fen(body, "amountFen"))
            .setCurrency("CNY")
            .setPayer(party(body.path("payer"), "payer"))
            .setPayee(party(body.path("payee"), "payee"))
            .setChannel(
                body.path("channel").isMissingNode()
                    ? Channel.OTHER
                    : Fields.word(body, "channel", Channel.class))
            .setDeviceToken(
                body.path("deviceId").isTextual()
                    ? centre.tokens().device(Fields.filled(body, "deviceId", 100))
                    : null)
            .setAtmId(body.path("atmId").isTextual() ? Fields.text(body, "atmId", 64) : null)
            .setMerchantId(
                body.path("merchantId").isTextual() ? Fields.text(body, "merchantId", 64) : null)
            .setPayerBooking(booking(body.path("payerBooking")))
            .setPayeeBooking(booking(body.path("payeeBooking")))
            .setAnswerBy(Fields.time(body, "answerBy", false))
            .build();
    refuse(move);
    return move;
  }

  /** What has happened lies no further ahead than two clocks may differ. */
  private Instant past(JsonNode body, String field) {
    Instant at = Fields.time(body, field, true);
    if (at.isAfter(centre.tick().get().plus(GatewayServer.SKEW))) {
      throw new FieldException(
          field
              + " is "
              + at
              + ", more than "
              + GatewayServer.SKEW.toMinutes()
              + " minutes ahead of the centre's clock; check yours");
    }
    return at;
  }

  private AccountRef party(JsonNode party, String field) {
    if (!party.isObject()) {
      return null;
    }
    String number = Fields.secret(party, "number", ACCOUNT);
    String holder =
        party.path("idNumber").isTextual()
            ? centre.tokens().holder(Fields.filled(party, "idNumber", 40))
            : null;
    AccountRef account =
        account(number, Fields.filled(party, "name", NAME_MAX), holder, field + ".number");
    account.setKind(
        party.path("kind").isMissingNode()
            ? AccountKind.UNKNOWN
            : Fields.word(party, "kind", AccountKind.class));
    account.setBalanceBeforeFen(Fields.number(party, "balanceBeforeFen"));
    return account;
  }

  private static Booking booking(JsonNode booking) {
    return booking.isObject()
        ? Booking.newBuilder()
            .setBank(Fields.text(booking, "bank", 16))
            .setBankTransactionId(Fields.text(booking, "bankTransactionId", 64))
            .setBookedAt(Fields.time(booking, "bookedAt", true))
            .setSerial(Fields.number(booking, "serial"))
            .build()
        : null;
  }

  private AccountRef account(String number, String name, String holder, String field) {
    String bank =
        centre
            .directory()
            .byCard(number)
            .orElseThrow(
                () -> new FieldException(field + " has a prefix of no bank of the directory"))
            .code();
    String token = centre.tokens().account(bank, number);
    if (!name.isEmpty()) {
      centre.identities().keep(token, new ClearIdentity(TokenKind.ACCOUNT, name, number));
    }
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setCipher(
            name.isEmpty()
                ? null
                : centre.sealer().seal(bank, token, new ClearAccount(name, number)))
        .setBank(bank)
        .setHolderToken(holder)
        .setKind(AccountKind.UNKNOWN)
        .build();
  }

  /** What the ingress would turn away is turned away here, where the bank still listens. */
  private static void refuse(SpecificRecord record) {
    IngressValidator.check(record)
        .map(Fault::explanation)
        .ifPresent(
            sentence -> {
              throw new FieldException(sentence);
            });
  }

  /** An id that follows from the bank's own: sent again, it is the same. */
  static String id(String prefix, String bank, String answerId) {
    return prefix + Sha256.hex(bank + "\n" + answerId).substring(0, 32);
  }

  /**
   * A report, and the stop that the bank has made before it.
   *
   * @param stop null when it made none
   * @param numberToken of the victim's telephone; null when it gives none
   */
  record Report(
      VictimReport report, Stopped stop, String incident, String operator, String numberToken) {}

  /** A bank's own stop, and the account that it is on. */
  record Stopped(String accountToken, OwnStop ownStop) {}
}
