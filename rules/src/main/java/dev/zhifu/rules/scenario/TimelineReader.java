package dev.zhifu.rules.scenario;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Turns the rows of one timeline into arrivals. */
final class TimelineReader {
  private static final String CARRIER = "C01";

  /** Time that a bank gives for an answer; a scenario does not depend on it. */
  private static final long ANSWER_MS = 500;

  /** How a row of money names its parties. */
  private enum Parties {
    BOTH,
    PAYER,
    PAYEE
  }

  /** A word of the "what" column that moves money. */
  private record Money(TransactionKind kind, Parties parties, Channel channel) {}

  private static final Map<String, Money> MONEY =
      Map.of(
          "transfer", new Money(TransactionKind.TRANSFER, Parties.BOTH, Channel.MOBILE_APP),
          "purchase", new Money(TransactionKind.PURCHASE, Parties.BOTH, Channel.POS),
          "qr", new Money(TransactionKind.QR_PAYMENT, Parties.BOTH, Channel.QR),
          "loan", new Money(TransactionKind.LOAN_DISBURSAL, Parties.BOTH, Channel.WEB),
          "cash.out", new Money(TransactionKind.CASH_WITHDRAWAL, Parties.PAYER, Channel.ATM),
          "cash.in", new Money(TransactionKind.CASH_DEPOSIT, Parties.PAYEE, Channel.COUNTER),
          "deposit.broken",
              new Money(TransactionKind.DEPOSIT_BROKEN, Parties.PAYEE, Channel.MOBILE_APP));

  private static final Map<String, AccessKind> ACCESS =
      Map.of(
          "login", AccessKind.LOGIN,
          "device.bound", AccessKind.DEVICE_BOUND,
          "limit.changed", AccessKind.LIMIT_CHANGED,
          "balance.query", AccessKind.BALANCE_QUERY,
          "payee.added", AccessKind.PAYEE_ADDED);

  /** Words of telecom rows; those that have another party name it in the "peer" column. */
  private static final Map<String, TelecomKind> WITH_PEER =
      Map.of(
          "call.start", TelecomKind.CALL_START,
          "call.end", TelecomKind.CALL_END,
          "call.declined", TelecomKind.CALL_DECLINED,
          "number.risk", TelecomKind.NUM_RISK,
          "sms.in", TelecomKind.SMS_IN);

  private static final Map<String, TelecomKind> ALONE = alone();

  private final Cast cast;
  private final long startMs;
  private final List<Arrival> arrivals = new ArrayList<>();
  private final Map<String, EnrichedEvent> byName = new HashMap<>();

  TimelineReader(Cast cast, long startMs) {
    this.cast = cast;
    this.startMs = startMs;
  }

  private static Map<String, TelecomKind> alone() {
    Map<String, TelecomKind> words = new HashMap<>();
    words.put("call.forward.set", TelecomKind.CALL_FWD_SET);
    words.put("call.forward.clear", TelecomKind.CALL_FWD_CLEAR);
    words.put("sim.swap", TelecomKind.SIM_SWAP);
    words.put("sim.new", TelecomKind.NEW_SIM);
    words.put("sim.esim", TelecomKind.ESIM);
    words.put("otp.burst", TelecomKind.OTP_BURST);
    words.put("app.start", TelecomKind.APP_SESSION_START);
    words.put("app.end", TelecomKind.APP_SESSION_END);
    words.put("url.hit", TelecomKind.URL_HIT);
    words.put("fund.warning", TelecomKind.FUND_WARNING);
    words.put("warning.busy", TelecomKind.LINE_BUSY_ON_WARN);
    return words;
  }

  /** Reads one row: offset, what, id, parties, amount, details. */
  void read(List<String> cells) throws RowException {
    if (!Offsets.isOffset(cells.get(0))) {
      throw new RowException(
          "the row begins with " + cells.get(0), "begin with an offset such as +4m or -10d");
    }
    long at = startMs + Offsets.parse(cells.get(0));
    String what = cell(cells, 1, "what happened, such as transfer");
    if (what.equals("watermark")) {
      arrivals.add(new Arrival(at, null, null));
      return;
    }
    String id = cell(cells, 2, "an id, such as t1");
    if (what.equals("again")) {
      again(id, at);
      return;
    }
    if (what.equals("listed")) {
      arrivals.add(new Arrival(at, null, ListRow.read(cast, id, who(cells), at, rest(cells, 4))));
      return;
    }
    add(event(what, id, at, cells));
  }

  private EnrichedEvent event(String what, String id, long at, List<String> cells)
      throws RowException {
    if (MONEY.containsKey(what)) {
      return money(MONEY.get(what), id, at, cells);
    }
    if (ACCESS.containsKey(what)) {
      return access(ACCESS.get(what), id, at, cells);
    }
    if (WITH_PEER.containsKey(what)) {
      String peer = cell(cells, 4, "the other party");
      return telecom(WITH_PEER.get(what), id, at, who(cells), peer, rest(cells, 5));
    }
    if (ALONE.containsKey(what)) {
      return telecom(ALONE.get(what), id, at, who(cells), null, rest(cells, 4));
    }
    List<String> words = new ArrayList<>(List.of("again", "listed", "watermark"));
    List.of(MONEY, ACCESS, WITH_PEER, ALONE).forEach(each -> words.addAll(each.keySet()));
    words.sort(null);
    throw new RowException("nothing is called " + what, "write one of " + String.join(", ", words));
  }

  private static String who(List<String> cells) throws RowException {
    return cell(cells, 3, "a role, such as victim-1");
  }

  private static String cell(List<String> cells, int index, String meaning) throws RowException {
    if (index >= cells.size()) {
      throw new RowException("the row ends early", "add " + meaning);
    }
    return cells.get(index);
  }

  private static Details rest(List<String> cells, int from) {
    return new Details(cells.subList(Math.min(from, cells.size()), cells.size()));
  }

  private void again(String id, long at) throws RowException {
    EnrichedEvent event = byName.get(id);
    if (event == null) {
      throw new RowException("no row before has the id " + id, "repeat an event that stands above");
    }
    arrivals.add(new Arrival(at, event, null));
  }

  private void add(EnrichedEvent event) {
    arrivals.add(new Arrival(event.getOccurredAt().toEpochMilli(), event, null));
  }

  private EnrichedEvent money(Money money, String id, long at, List<String> cells)
      throws RowException {
    boolean both = money.parties() == Parties.BOTH;
    String payer = money.parties() == Parties.PAYEE ? null : who(cells);
    String payee = money.parties() == Parties.PAYER ? null : cell(cells, both ? 4 : 3, "the payee");
    int amountAt = both ? 5 : 4;
    long fen = Yuan.fen(cell(cells, amountAt, "the amount in yuan"));
    Details details = rest(cells, amountAt + 1);
    TransactionPhase phase = phase(details);
    BankTransaction.Builder builder =
        BankTransaction.newBuilder()
            .setKind(money.kind())
            .setPhase(phase)
            .setTransactionId(id)
            .setAmountFen(fen)
            .setCurrency("CNY")
            .setPayer(payer == null ? null : cast.reference(payer))
            .setPayee(payee == null ? null : cast.reference(payee))
            .setOccurredAt(Instant.ofEpochMilli(at))
            .setReceivedAt(Instant.ofEpochMilli(at))
            .setChannel(details.constant("channel", Channel.class, money.channel()))
            .setAtmId(details.has("atm") ? cast.plain(details.value("atm")) : null)
            .setMerchantId(details.has("merchant") ? cast.plain(details.value("merchant")) : null)
            .setDeviceToken(details.has("device") ? cast.device(details.value("device")) : null)
            .setRemarkClasses(remarks(details.value("remark")))
            .setAnswerBy(
                phase == TransactionPhase.AWAITING ? Instant.ofEpochMilli(at + ANSWER_MS) : null);
    String source = cast.account(payer != null ? payer : payee).bank();
    Integer serial = details.number("serial");
    String available = details.value("available");
    if (available != null && payer != null) {
      builder.getPayer().setBalanceBeforeFen(Yuan.fen(available));
    }
    details.refuseRest(cells.get(1));
    builder.setSource(source).setEventId(source + ':' + id + ':' + phase);
    if (serial != null) {
      builder.setPayerBooking(
          new Booking(source, id, Instant.ofEpochMilli(at), serial.longValue()));
    }
    String name = phase == TransactionPhase.COMPLETED ? id : id + '/' + phase.name().toLowerCase();
    return enriched(name, builder.build().getEventId(), builder.build(), at, serial);
  }

  private static List<String> remarks(String classes) {
    return classes == null ? List.of() : List.of(classes.split(","));
  }

  private static TransactionPhase phase(Details details) {
    for (TransactionPhase phase : TransactionPhase.values()) {
      if (details.has(phase.name().toLowerCase())) {
        return phase;
      }
    }
    return TransactionPhase.COMPLETED;
  }

  private EnrichedEvent access(AccessKind kind, String id, long at, List<String> cells)
      throws RowException {
    String who = who(cells);
    Details details = rest(cells, 4);
    AccountRef account = cast.reference(who);
    String limit = details.value("limit");
    String payee = details.value("payee");
    BankAccessEvent event =
        BankAccessEvent.newBuilder()
            .setEventId(account.getBank() + ':' + id)
            .setSource(account.getBank())
            .setKind(kind)
            .setOccurredAt(Instant.ofEpochMilli(at))
            .setReceivedAt(Instant.ofEpochMilli(at))
            .setAccount(account)
            .setChannel(details.constant("channel", Channel.class, Channel.MOBILE_APP))
            .setDeviceToken(details.has("device") ? cast.device(details.value("device")) : null)
            .setNewLimitFen(limit == null ? null : Yuan.fen(limit))
            .setPayeeToken(payee == null ? null : cast.reference(payee).getAccountToken())
            .setSucceeded(!details.has("failed"))
            .build();
    details.refuseRest(cells.get(1));
    return enriched(id, event.getEventId(), event, at, null);
  }

  private EnrichedEvent telecom(
      TelecomKind kind, String id, long at, String who, String peer, Details details)
      throws RowException {
    TelecomEvent start = start(details);
    boolean opens = kind == TelecomKind.CALL_START || kind == TelecomKind.APP_SESSION_START;
    TelecomEvent event =
        TelecomEvent.newBuilder()
            .setEventId(CARRIER + ':' + id)
            .setSource(CARRIER)
            .setKind(kind)
            .setOccurredAt(Instant.ofEpochMilli(at))
            .setReceivedAt(Instant.ofEpochMilli(at))
            .setNumberToken(cast.number(who))
            .setHolderToken(cast.holder(who))
            .setSessionId(opens ? id : start == null ? null : start.getSessionId())
            .setPeerToken(peer == null ? null : cast.number(peer))
            .setPeerPrefix(
                details.constant(
                    "prefix",
                    PrefixClass.class,
                    start == null ? PrefixClass.LOCAL_MOBILE : start.getPeerPrefix()))
            .setIncoming(start == null ? !details.has("outgoing") : start.getIncoming())
            .setFirstContact(start == null ? firstContact(details) : start.getFirstContact())
            .setDurationSeconds(seconds(details, start, at))
            .setSmsClass(
                kind == TelecomKind.SMS_IN
                    ? details.constant("class", SmsClass.class, SmsClass.OTHER)
                    : SmsClass.NONE)
            .setAppClass(appClass(kind, details, start))
            .setOtpCount(details.number("count"))
            .setOtpSenders(details.number("senders"))
            .setSimAgeDays(details.number("age"))
            .setComplaints(details.number("complaints"))
            .setAttempt(details.number("attempt"))
            .build();
    details.refuseRest(kind.name());
    return enriched(id, event.getEventId(), event, at, null);
  }

  /** The start that this row ends, named by {@code of=}; null when it ends none. */
  private TelecomEvent start(Details details) throws RowException {
    String of = details.value("of");
    if (of == null) {
      return null;
    }
    if (byName.get(of) == null || !(byName.get(of).getEvent() instanceof TelecomEvent start)) {
      throw new RowException("of is " + of, "name the id of a call or session that stands above");
    }
    return start;
  }

  private static Boolean firstContact(Details details) {
    if (details.has("stranger")) {
      return true;
    }
    return details.has("known") ? false : null;
  }

  private static Integer seconds(Details details, TelecomEvent start, long at) throws RowException {
    Integer given = details.number("seconds");
    return given != null || start == null
        ? given
        : Integer.valueOf((int) ((at - start.getOccurredAt().toEpochMilli()) / 1_000));
  }

  private static AppClass appClass(TelecomKind kind, Details details, TelecomEvent start)
      throws RowException {
    if (kind == TelecomKind.APP_SESSION_END && start != null) {
      return start.getAppClass();
    }
    return kind == TelecomKind.APP_SESSION_START || kind == TelecomKind.APP_SESSION_END
        ? details.constant("class", AppClass.class, AppClass.OTHER)
        : AppClass.NONE;
  }

  private EnrichedEvent enriched(
      String name, String eventId, SpecificRecord event, long at, Integer serial)
      throws RowException {
    EnrichedEvent made =
        new EnrichedEvent(
            eventId,
            Instant.ofEpochMilli(at),
            serial == null ? null : serial.longValue(),
            event,
            Features.newBuilder().build(),
            -1,
            -1L);
    if (byName.put(name, made) != null) {
      throw new RowException(
          "two rows have the id " + name,
          "give each an id of its own, or write again to repeat one");
    }
    cast.nameEvent(eventId, name);
    return made;
  }

  /** The arrivals, with the balances that follow from the accounts table. */
  List<Arrival> arrivals() {
    Balances.fill(byName.values(), cast);
    return arrivals;
  }
}
