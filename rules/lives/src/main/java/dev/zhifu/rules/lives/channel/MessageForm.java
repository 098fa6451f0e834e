package dev.zhifu.rules.lives.channel;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The form of each message: which fields it must have and what each may hold. Names and values are
 * those of banks' public connector code (2015-16) where that shows them (100101, 100102, 100401);
 * for the other messages it shows codes and directions alone, and what is asked of them here is our
 * own reading, unverified (ADR-0155).
 */
public final class MessageForm {

  /** How times travel, in Chinese time. */
  public static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  /** Zone of the times. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static final String ID = "[0-9A-Za-z-]{36}";
  private static final String YUAN = "(?!0+(\\.0+)?$)[0-9]{1,13}(\\.[0-9]{1,2})?";
  private static final String BALANCE = "[0-9]{1,13}(\\.[0-9]{1,2})?";
  private static final Set<String> FEATURES =
      Set.of(
          "1001", "1002", "2001", "3001", "3002", "3003", "3004", "3005", "3006", "3007", "3008",
          "9999");

  private final PlatformMessage message;
  private final List<String> faults = new ArrayList<>();

  private MessageForm(PlatformMessage message) {
    this.message = message;
  }

  /**
   * What is wrong with a message.
   *
   * @return one sentence a fault with code, field, value and rule; empty when the form is right
   */
  public static List<String> faults(PlatformMessage message) {
    MessageForm form = new MessageForm(message);
    MessageCode.of(message.code())
        .ifPresentOrElse(
            form::check,
            () ->
                form.faults.add(
                    "txCode '" + message.code() + "' is no message of the set 100101 to 100503"));
    return List.copyOf(form.faults);
  }

  private void check(MessageCode code) {
    matches("applicationID", ID, "has 36 characters: digits, letters and hyphens");
    if (code.down()) {
      given("bankID");
      time("applicationTime");
      given("applicationOrgID");
    }
    switch (code) {
      case STOP -> {
        stop();
        if (later(message.field("applicationType"))) {
          original("applicationType " + message.field("applicationType") + " follows another");
        }
      }
      case EXTEND_STOP -> {
        stop();
        original("it extends a stop");
      }
      case LIFT_STOP, LIFT_FREEZE -> {
        original("it lifts what that application asked");
        given("reason");
      }
      case FREEZE -> {
        account();
        oneOf("freezeType", Set.of("01", "02"), "01 within an amount or 02 credits only");
        if (message.field("freezeType").equals("01")) {
          matches("freezeAmount", YUAN, "is yuan above 0 with at most two decimals");
        }
        term();
        given("document.02");
      }
      case EXTEND_FREEZE -> {
        original("it extends a freeze");
        term();
        given("document.02");
      }
      case TRANSACTIONS, LIVE_MOVES -> {
        account();
        term();
        given("document.05");
      }
      case HOLDER -> {
        account();
        given("document.05");
      }
      case END_LIVE_MOVES -> original("it ends that subscription");
      case ALL_ACCOUNTS -> {
        given("subjectIDType");
        given("subjectIDNumber");
        given("document.05");
      }
      case CASE_REPORT -> caseReport();
      case ODD_OPENING, INVOLVED_ACCOUNT, ODD_EVENT -> {
        given("reportOrgID");
        oneOf("featureCode", FEATURES, "an event feature code 1001 to 3008, or 9999");
        account();
      }
      case LIST_CHECK -> {
        if (message.field("accountNumber").isEmpty() == message.field("IDNumber").isEmpty()) {
          fault("accountNumber", "is checked alone: give accountNumber or IDNumber, one of both");
        }
      }
      case LIST_CHECK_TWO -> {
        given("accountNumber");
        given("IDNumber");
      }
    }
  }

  private static boolean later(String type) {
    return Set.of("02", "03", "04", "05").contains(type);
  }

  private void stop() {
    oneOf("applicationType", Set.of("00", "01", "02", "03", "04", "05"), "00 to 05");
    oneOf("emergencyLevel", Set.of("01", "02"), "01 normal or 02 urgent");
    matches("currency", "[A-Z]{3}", "is a currency of three capital letters");
    matches("transferAmount", YUAN, "is yuan above 0 with at most two decimals");
    time("transferTime");
    account();
    subaccount();
    oneOf("accountType", Set.of("01", "02"), "01 personal or 02 corporate");
    given("reason");
  }

  /** In the clear, or sealed to the account's own bank. */
  private void account() {
    if (message.field("accountCipher").isEmpty()) {
      given("accountNumber");
      given("accountName");
    } else {
      matches("accountCipher", "([0-9a-f]{2})+", "is hex of an even length");
    }
  }

  /** Types 00 and 02 name the main account, 01 and 03 main account and subaccount. */
  private void subaccount() {
    String number = message.field("accountNumber");
    String type = message.field("applicationType");
    if (number.isEmpty()) {
      return;
    }
    if (Set.of("01", "03").contains(type) && !number.matches("[^_]+_[^_]+")) {
      fault("accountNumber", "is main account, '_' and subaccount with applicationType " + type);
    }
    if (Set.of("00", "02").contains(type) && ApplicationType.namesSubaccount(number)) {
      fault("accountNumber", "is the main account alone with applicationType " + type);
    }
  }

  private void caseReport() {
    oneOf("applicationType", Set.of("01", "02"), "01 report or 02 late paperwork after a stop");
    given("victimName");
    given("victimPhone");
    given("victimIDType");
    given("victimIDNumber");
    given("incidentDescription");
    given("reportOrgName");
    given("operatorName");
    given("bankID");
    time("applicationTime");
    given("transferOut.AccountNumber");
    time("transactions.1.time");
    matches("transactions.1.amount", YUAN, "is yuan above 0 with at most two decimals");
    given("transactions.1.accountNumber");
    given("transactions.1.accountName");
    if (message.field("applicationType").equals("02")) {
      given("accountNumber");
      matches("accountBalance", BALANCE, "is yuan with at most two decimals");
      term();
    }
  }

  private void term() {
    LocalDateTime start = time("startTime");
    LocalDateTime end = time("expireTime");
    if (start != null && end != null && !end.isAfter(start)) {
      fault("expireTime", "is after startTime " + message.field("startTime"));
    }
  }

  private void original(String why) {
    if (message.field("originalApplicationID").isEmpty()) {
      fault("originalApplicationID", "must be given: " + why);
    } else {
      matches("originalApplicationID", ID, "has 36 characters: digits, letters and hyphens");
    }
  }

  private void given(String name) {
    if (message.field(name).isEmpty()) {
      fault(name, "must be given");
    }
  }

  private void oneOf(String name, Set<String> values, String words) {
    if (!values.contains(message.field(name))) {
      fault(name, "is " + words);
    }
  }

  private void matches(String name, String pattern, String rule) {
    if (!message.field(name).matches(pattern)) {
      fault(name, rule);
    }
  }

  private LocalDateTime time(String name) {
    try {
      return LocalDateTime.parse(message.field(name), TIME);
    } catch (DateTimeParseException e) {
      fault(name, "is a time yyyyMMddHHmmss");
      return null;
    }
  }

  private void fault(String name, String rule) {
    faults.add(message.code() + " field " + name + " '" + message.field(name) + "': it " + rule);
  }
}
