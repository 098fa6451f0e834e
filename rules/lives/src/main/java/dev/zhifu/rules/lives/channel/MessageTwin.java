package dev.zhifu.rules.lives.channel;

import dev.zhifu.schemas.crypto.Sha256;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reference twin of the statutory platform for the whole message set (100101 to 100503) as fields
 * by name. A message of the wrong form is answered 200001 with every field and rule; one sent twice
 * 200003 with the feedback there is. A message to a bank on the line goes to that bank and its own
 * answer becomes the feedback; for other banks the twin answers from the accounts that it was
 * given. Freezes it answers for every bank, since no bank library takes them as messages. Pure: the
 * caller gives the time. Not thread-safe. No use in production: it stands for a system that is not
 * ours.
 */
public final class MessageTwin {

  /** Most stops of an account that take effect (Yinfa [2016] 86, as quoted by others). */
  private static final int STOPS_MAX = 2;

  private static final int STOP_HOURS = 48;

  /** Messages that no bank on the line answers itself. */
  private static final Set<MessageCode> OWN =
      EnumSet.of(MessageCode.FREEZE, MessageCode.LIFT_FREEZE, MessageCode.EXTEND_FREEZE);

  private static final String ORIGINAL = "originalApplicationID";
  private static final Map<String, String> DONE = Map.of("result", BusinessCode.STOPPED.code());

  private final Map<String, PlatformMessage> sent = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> feedback = new HashMap<>();
  private final Map<String, List<PlatformMessage>> lines = new HashMap<>();
  private final Map<String, TwinAccount> accounts = new HashMap<>();
  private final Map<String, Integer> stops = new HashMap<>();
  private final Map<String, TransportCode> failing = new HashMap<>();
  private final Set<String> listed = new HashSet<>();
  private final Set<String> frozen = new HashSet<>();
  private final List<PlatformMessage> reports = new ArrayList<>();
  private final List<PlatformMessage> received = new ArrayList<>();

  /**
   * What came of a message.
   *
   * @param code of the transport
   * @param words what it means; of a wrong form each field with its rule
   * @param feedback fields of the answering message; empty while there is none
   */
  public record Reply(TransportCode code, String words, Map<String, String> feedback) {}

  /**
   * A movement on an account.
   *
   * @param serial the bank's own id
   * @param time yyyyMMddHHmmss
   * @param yuan amount; negative when it left
   */
  public record Move(String serial, String time, String yuan) {}

  /**
   * An account that the twin answers for.
   *
   * @param holderId identity number of its holder
   * @param yuan balance
   * @param moves oldest first
   */
  public record TwinAccount(
      String bank, String number, String name, String holderId, String yuan, List<Move> moves) {}

  /** A bank's connector is on the line: what is for it waits there and it answers itself. */
  public void connect(String bank) {
    lines.computeIfAbsent(bank, unseen -> new ArrayList<>());
  }

  /** Opens an account, or replaces what is known of it. */
  public void open(TwinAccount account) {
    accounts.put(account.bank() + ":" + account.number(), account);
  }

  /** Puts an account or identity number on the list of suspects. */
  public void list(String number) {
    listed.add(number);
  }

  /** From now on every message to a bank has this result; 100000 ends it. */
  public void fail(String bank, TransportCode code) {
    if (code == TransportCode.OK) {
      failing.remove(bank);
    } else {
      failing.put(bank, code);
    }
  }

  /** Every message that came, also what was refused, oldest first. */
  public List<PlatformMessage> received() {
    return List.copyOf(received);
  }

  /** Messages for a bank on the line, oldest first. */
  public List<PlatformMessage> line(String bank) {
    return List.copyOf(lines.getOrDefault(bank, List.of()));
  }

  /** Case reports of banks (100401) that were taken, oldest first. */
  public List<PlatformMessage> reports() {
    return List.copyOf(reports);
  }

  /** The message of a key that was taken; empty when none was. */
  public Optional<PlatformMessage> taken(String key) {
    return Optional.ofNullable(sent.get(key));
  }

  /**
   * A bank's answer to a message of its line; the first answer stands.
   *
   * @return false when no such message was taken for that bank
   */
  public boolean answered(String bank, String key, Map<String, String> answer) {
    PlatformMessage message = sent.get(key);
    if (message == null || !message.field("bankID").equals(bank)) {
      return false;
    }
    feedback.putIfAbsent(key, answer);
    return true;
  }

  /** Takes a message at {@code now}. */
  public Reply take(PlatformMessage message, Instant now) {
    received.add(message);
    List<String> faults = MessageForm.faults(message);
    if (!faults.isEmpty()) {
      return new Reply(TransportCode.FORMAT, String.join("; ", faults), Map.of());
    }
    TransportCode failure = failing.get(message.field("bankID"));
    if (failure != null) {
      return reply(failure, Map.of());
    }
    PlatformMessage before = sent.get(message.key());
    if (before != null && !before.equals(message)) {
      return new Reply(
          TransportCode.FORMAT,
          message.code()
              + " field applicationID '"
              + message.field(PlatformMessage.APPLICATION_ID)
              + "': it was used for a message with other fields; send this one under a new id",
          Map.of());
    }
    if (before != null) {
      return reply(TransportCode.DUPLICATE, feedback.getOrDefault(message.key(), Map.of()));
    }
    MessageCode code = MessageCode.of(message.code()).orElseThrow();
    if (code.down() && !OWN.contains(code) && lines.containsKey(message.field("bankID"))) {
      if (code == MessageCode.LIFT_STOP && !stopped(message)) {
        return new Reply(TransportCode.FORMAT, unknownOriginal(message), Map.of());
      }
      sent.put(message.key(), message);
      lines.get(message.field("bankID")).add(message);
      return reply(TransportCode.OK, Map.of());
    }
    boolean sealed = code == MessageCode.FREEZE && !message.field("accountCipher").isEmpty();
    if (code.down() && needsAccount(code) && !sealed && account(message).isEmpty()) {
      return reply(TransportCode.NOT_FOUND, Map.of());
    }
    sent.put(message.key(), message);
    Map<String, String> answer = new TreeMap<>(answer(code, message, now));
    answer.put("txCode", code.feedback());
    answer.put(PlatformMessage.APPLICATION_ID, message.field(PlatformMessage.APPLICATION_ID));
    feedback.put(message.key(), Map.copyOf(answer));
    return reply(TransportCode.OK, feedback.get(message.key()));
  }

  private static Reply reply(TransportCode code, Map<String, String> feedback) {
    return new Reply(code, code.words(), feedback);
  }

  private static boolean needsAccount(MessageCode code) {
    return switch (code) {
      case STOP, EXTEND_STOP, FREEZE, TRANSACTIONS, HOLDER, LIVE_MOVES -> true;
      default -> false;
    };
  }

  private Optional<TwinAccount> account(PlatformMessage message) {
    return Optional.ofNullable(
        accounts.get(message.field("bankID") + ":" + message.field("accountNumber")));
  }

  private Map<String, String> answer(MessageCode code, PlatformMessage message, Instant now) {
    return switch (code) {
      case STOP, EXTEND_STOP -> stop(message, now);
      case FREEZE -> freeze(message);
      case EXTEND_FREEZE ->
          frozen.contains(message.field(ORIGINAL)) ? frozen(message) : noOriginal(message);
      case LIFT_STOP -> stopped(message) ? DONE : noOriginal(message);
      case LIFT_FREEZE -> frozen.remove(message.field(ORIGINAL)) ? DONE : noOriginal(message);
      case END_LIVE_MOVES ->
          sent.containsKey(message.field(ORIGINAL) + ":" + MessageCode.LIVE_MOVES.code())
              ? DONE
              : noOriginal(message);
      case TRANSACTIONS -> moves(message, false);
      case LIVE_MOVES -> moves(message, true);
      case HOLDER -> {
        TwinAccount held = account(message).orElseThrow();
        yield Map.of(
            "result", BusinessCode.STOPPED.code(),
            "accountName", held.name(),
            "IDNumber", held.holderId(),
            "accountBalance", held.yuan());
      }
      case ALL_ACCOUNTS -> allAccounts(message);
      case CASE_REPORT -> {
        reports.add(message);
        yield Map.of("result", BusinessCode.STOPPED.code(), "documentNumber", document(message));
      }
      case ODD_OPENING, INVOLVED_ACCOUNT, ODD_EVENT ->
          Map.of("result", BusinessCode.STOPPED.code(), "documentNumber", document(message));
      case LIST_CHECK, LIST_CHECK_TWO ->
          Map.of(
              "result",
              BusinessCode.STOPPED.code(),
              "listed",
              Boolean.toString(
                  listed.contains(message.field("accountNumber"))
                      || listed.contains(message.field("IDNumber"))));
    };
  }

  /** The four fields, then the count of stops, as a bank does it. */
  private Map<String, String> stop(PlatformMessage message, Instant now) {
    TwinAccount held = account(message).orElseThrow();
    String key = held.bank() + ":" + held.number();
    if (!held.name().equals(message.field("accountName"))) {
      return refused(BusinessCode.MISMATCH_NAME, "accountName");
    }
    List<Move> same =
        held.moves().stream()
            .filter(move -> sameYuan(move.yuan(), message.field("transferAmount")))
            .toList();
    if (same.isEmpty()) {
      return refused(BusinessCode.MISMATCH_AMOUNT, "transferAmount");
    }
    if (same.stream().noneMatch(move -> move.time().equals(message.field("transferTime")))) {
      return refused(BusinessCode.MISMATCH_TIME, "transferTime");
    }
    if (stops.getOrDefault(key, 0) >= STOPS_MAX) {
      return refused(BusinessCode.OUTSIDE_AUTHORISATION, "accountNumber: stopped twice already");
    }
    stops.merge(key, 1, Integer::sum);
    boolean empty = !held.yuan().matches(".*[1-9].*");
    return Map.of(
        "result", (empty ? BusinessCode.STOPPED_ZERO : BusinessCode.STOPPED).code(),
        "accountNumber", held.number(),
        "accountBalance", held.yuan(),
        "startTime", text(now),
        "expireTime", text(now.plus(STOP_HOURS, ChronoUnit.HOURS)));
  }

  private static boolean sameYuan(String one, String other) {
    return new java.math.BigDecimal(one).compareTo(new java.math.BigDecimal(other)) == 0;
  }

  private static Map<String, String> refused(BusinessCode code, String field) {
    return Map.of("result", code.code(), "feedbackRemark", field);
  }

  private Map<String, String> freeze(PlatformMessage message) {
    frozen.add(message.field(PlatformMessage.APPLICATION_ID));
    return frozen(message);
  }

  private static Map<String, String> frozen(PlatformMessage message) {
    Map<String, String> answer = new TreeMap<>();
    answer.put("result", BusinessCode.STOPPED.code());
    answer.put("startTime", message.field("startTime"));
    answer.put("expireTime", message.field("expireTime"));
    answer.put("freezeAmount", message.field("freezeAmount"));
    answer.put("documentNumber", document(message));
    answer.put("seal", "twin-seal-" + Sha256.hex(message.key()).substring(12, 24));
    return answer;
  }

  /** True when a stop went to this bank under the application that is to be lifted. */
  private boolean stopped(PlatformMessage message) {
    return Stream.of(MessageCode.STOP, MessageCode.EXTEND_STOP)
        .map(code -> sent.get(message.field(ORIGINAL) + ":" + code.code()))
        .anyMatch(stop -> stop != null && stop.field("bankID").equals(message.field("bankID")));
  }

  private static Map<String, String> noOriginal(PlatformMessage message) {
    return refused(BusinessCode.ACCOUNT_NOT_FOUND, unknownOriginal(message));
  }

  private static String unknownOriginal(PlatformMessage message) {
    return message.code()
        + " field "
        + ORIGINAL
        + " '"
        + message.field(ORIGINAL)
        + "': it is an application that this bank was sent and that is in force";
  }

  private Map<String, String> moves(PlatformMessage message, boolean live) {
    LocalDateTime from = LocalDateTime.parse(message.field("startTime"), MessageForm.TIME);
    LocalDateTime until = LocalDateTime.parse(message.field("expireTime"), MessageForm.TIME);
    Map<String, String> answer = new TreeMap<>();
    answer.put("result", BusinessCode.STOPPED.code());
    int count = 0;
    for (Move move : account(message).orElseThrow().moves()) {
      LocalDateTime at = LocalDateTime.parse(move.time(), MessageForm.TIME);
      if (!at.isBefore(from) && !at.isAfter(until)) {
        count++;
        answer.put("transactions." + count + ".serial", move.serial());
        answer.put("transactions." + count + ".time", move.time());
        answer.put("transactions." + count + ".amount", move.yuan());
      }
    }
    answer.put("count", Integer.toString(count));
    if (live) {
      answer.put("subscription", message.field(PlatformMessage.APPLICATION_ID));
    }
    return answer;
  }

  private Map<String, String> allAccounts(PlatformMessage message) {
    Map<String, String> answer = new TreeMap<>();
    answer.put("result", BusinessCode.STOPPED.code());
    List<String> numbers =
        accounts.values().stream()
            .filter(one -> one.bank().equals(message.field("bankID")))
            .filter(one -> one.holderId().equals(message.field("subjectIDNumber")))
            .map(TwinAccount::number)
            .sorted()
            .toList();
    for (int i = 0; i < numbers.size(); i++) {
      answer.put("accounts." + (i + 1), numbers.get(i));
    }
    answer.put("count", Integer.toString(numbers.size()));
    return answer;
  }

  private static String document(PlatformMessage message) {
    return "twin-" + Sha256.hex(message.key()).substring(0, 12);
  }

  /** An instant as messages carry it. */
  public static String text(Instant at) {
    return MessageForm.TIME.format(at.atZone(MessageForm.ZONE));
  }
}
