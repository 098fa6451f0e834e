package dev.zhifu.rules.lives.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.channel.MessageTwin.Move;
import dev.zhifu.rules.lives.channel.MessageTwin.TwinAccount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageTwinTest {

  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");

  private final MessageTwin twin = new MessageTwin();

  @BeforeEach
  void open() {
    twin.open(
        new TwinAccount(
            "B01",
            "6222",
            "王小明",
            "id-1",
            "500.00",
            List.of(
                new Move("s-1", "20260601093000", "49800.00"),
                new Move("s-2", "20260601095500", "-300.00"))));
  }

  /** A message with all that its form asks for. */
  private static Map<String, String> good(MessageCode code, int number) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("applicationID", "00000000-0000-0000-0000-%012d".formatted(number));
    fields.put("applicationTime", "20260601100000");
    fields.put("applicationOrgID", "150600");
    fields.put("applicationType", code == MessageCode.CASE_REPORT ? "01" : "00");
    fields.put("bankID", "B01");
    fields.put("accountNumber", "6222");
    fields.put("accountName", "王小明");
    fields.put("accountType", "01");
    fields.put("emergencyLevel", "02");
    fields.put("currency", "CNY");
    fields.put("transferAmount", "49800");
    fields.put("transferTime", "20260601093000");
    fields.put("reason", "VICTIM_REPORT");
    fields.put("originalApplicationID", "00000000-0000-0000-0000-000000000001");
    fields.put("freezeType", "01");
    fields.put("freezeAmount", "500");
    fields.put("startTime", "20260601000000");
    fields.put("expireTime", "20261201000000");
    fields.put("document.02", "freeze.pdf");
    fields.put("document.05", "query.pdf");
    fields.put("subjectIDType", "01");
    fields.put("subjectIDNumber", "id-1");
    fields.put("reportOrgID", "B01");
    fields.put("reportOrgName", "示例银行一");
    fields.put("operatorName", "operator");
    fields.put("featureCode", "2001");
    fields.put("victimName", "李某");
    fields.put("victimPhone", "1");
    fields.put("victimIDType", "01");
    fields.put("victimIDNumber", "id-2");
    fields.put("incidentDescription", "words");
    fields.put("transactions.1.time", "20260601093000");
    fields.put("transactions.1.amount", "49800.00");
    fields.put("transactions.1.accountNumber", "6222");
    fields.put("transactions.1.accountName", "王小明");
    fields.put("transferOut.AccountNumber", "6217");
    fields.put("accountBalance", "500.00");
    if (code == MessageCode.LIST_CHECK_TWO) {
      fields.put("IDNumber", "id-1");
    }
    return fields;
  }

  private MessageTwin.Reply take(MessageCode code, Map<String, String> fields) {
    return twin.take(new PlatformMessage(code.code(), fields), T0);
  }

  private static Map<String, String> but(Map<String, String> fields, String name, String value) {
    Map<String, String> changed = new TreeMap<>(fields);
    changed.put(name, value);
    return changed;
  }

  @ParameterizedTest
  @EnumSource(MessageCode.class)
  void everyMessageOfTheSetIsAnsweredWithItsFeedback(MessageCode code) {
    take(MessageCode.STOP, good(MessageCode.STOP, 1));
    take(MessageCode.FREEZE, good(MessageCode.FREEZE, 1));
    take(MessageCode.LIVE_MOVES, good(MessageCode.LIVE_MOVES, 1));
    MessageTwin.Reply reply = take(code, good(code, 2));
    assertThat(reply.code()).as(reply.words()).isEqualTo(TransportCode.OK);
    assertThat(reply.feedback())
        .containsEntry("txCode", code.feedback())
        .containsEntry("result", "0000")
        .containsEntry("applicationID", "00000000-0000-0000-0000-000000000002");
  }

  @ParameterizedTest
  @EnumSource(MessageCode.class)
  void anEmptyMessageIsRefusedWithItsFieldsAndRules(MessageCode code) {
    MessageTwin.Reply reply = take(code, Map.of());
    assertThat(reply.code()).isEqualTo(TransportCode.FORMAT);
    assertThat(reply.words()).contains(code.code() + " field applicationID ''", "36 characters");
  }

  @Test
  void eachFaultNamesFieldValueAndRule() {
    Map<String, String> stop = good(MessageCode.STOP, 1);
    assertThat(take(MessageCode.STOP, but(stop, "applicationType", "06")).words())
        .isEqualTo("100101 field applicationType '06': it is 00 to 05");
    assertThat(take(MessageCode.STOP, but(stop, "transferAmount", "0.00")).words())
        .contains("transferAmount '0.00'", "yuan above 0");
    assertThat(take(MessageCode.STOP, but(stop, "transferTime", "20260230000000")).words())
        .contains("transferTime '20260230000000'", "yyyyMMddHHmmss");
    Map<String, String> late = but(stop, "applicationType", "04");
    assertThat(take(MessageCode.STOP, but(late, "originalApplicationID", "")).words())
        .contains("originalApplicationID", "must be given", "04");
    assertThat(twin.take(new PlatformMessage("100999", stop), T0).words())
        .contains("txCode '100999'");
    assertThat(
            take(
                    MessageCode.FREEZE,
                    but(good(MessageCode.FREEZE, 3), "expireTime", "20250101000000"))
                .words())
        .contains("expireTime", "after startTime");
  }

  @Test
  void theTypeOfAStopSaysWhichNumberItNames() {
    Map<String, String> stop = good(MessageCode.STOP, 1);
    assertThat(take(MessageCode.STOP, but(stop, "applicationType", "01")).words())
        .isEqualTo(
            "100101 field accountNumber '6222': it is main account, '_' and subaccount with"
                + " applicationType 01");
    assertThat(take(MessageCode.STOP, but(stop, "accountNumber", "6222_01")).words())
        .isEqualTo(
            "100101 field accountNumber '6222_01': it is the main account alone with"
                + " applicationType 00");
    twin.open(
        new TwinAccount(
            "B01",
            "6222_01",
            "王小明",
            "id-1",
            "500.00",
            List.of(new Move("s-1", "20260601093000", "49800.00"))));
    Map<String, String> reported =
        but(but(stop, "applicationType", "03"), "accountNumber", "6222_01");
    assertThat(take(MessageCode.STOP, but(reported, "originalApplicationID", "")).words())
        .contains("originalApplicationID ''", "must be given", "03");
    assertThat(take(MessageCode.STOP, reported).feedback())
        .containsEntry("result", "0000")
        .containsEntry("accountNumber", "6222_01");
  }

  @Test
  void aStopChecksFourFieldsAndHappensTwiceAtMost() {
    Map<String, String> stop = good(MessageCode.STOP, 1);
    assertThat(take(MessageCode.STOP, but(stop, "accountName", "王大明")).feedback())
        .containsEntry("result", BusinessCode.MISMATCH_NAME.code());
    assertThat(
            take(MessageCode.STOP, but(good(MessageCode.STOP, 2), "transferAmount", "49799"))
                .feedback())
        .containsEntry("result", BusinessCode.MISMATCH_AMOUNT.code());
    assertThat(
            take(MessageCode.STOP, but(good(MessageCode.STOP, 3), "transferTime", "20260601093001"))
                .feedback())
        .containsEntry("result", BusinessCode.MISMATCH_TIME.code());
    assertThat(take(MessageCode.STOP, but(good(MessageCode.STOP, 4), "accountNumber", "1")).code())
        .isEqualTo(TransportCode.NOT_FOUND);
    assertThat(take(MessageCode.STOP, good(MessageCode.STOP, 5)).feedback())
        .containsEntry("startTime", "20260601100000")
        .containsEntry("expireTime", "20260603100000")
        .containsEntry("accountBalance", "500.00");
    assertThat(take(MessageCode.EXTEND_STOP, good(MessageCode.EXTEND_STOP, 6)).feedback())
        .containsEntry("result", "0000");
    assertThat(take(MessageCode.STOP, good(MessageCode.STOP, 7)).feedback())
        .containsEntry("result", BusinessCode.OUTSIDE_AUTHORISATION.code());
  }

  @Test
  void sentTwiceItIsOneAndAnotherUnderItsIdIsRefused() {
    MessageTwin.Reply first = take(MessageCode.STOP, good(MessageCode.STOP, 1));
    MessageTwin.Reply again = take(MessageCode.STOP, good(MessageCode.STOP, 1));
    assertThat(again.code()).isEqualTo(TransportCode.DUPLICATE);
    assertThat(again.feedback()).isEqualTo(first.feedback());
    assertThat(take(MessageCode.STOP, but(good(MessageCode.STOP, 1), "reason", "OTHER")).words())
        .contains("applicationID", "under a new id");
  }

  @Test
  void queriesTellMovesHolderAccountsAndLists() {
    Map<String, String> moves =
        but(good(MessageCode.TRANSACTIONS, 1), "startTime", "20260601094000");
    assertThat(take(MessageCode.TRANSACTIONS, moves).feedback())
        .containsEntry("count", "1")
        .containsEntry("transactions.1.serial", "s-2")
        .containsEntry("transactions.1.amount", "-300.00");
    assertThat(take(MessageCode.HOLDER, good(MessageCode.HOLDER, 2)).feedback())
        .containsEntry("accountName", "王小明");
    assertThat(take(MessageCode.ALL_ACCOUNTS, good(MessageCode.ALL_ACCOUNTS, 3)).feedback())
        .containsEntry("accounts.1", "6222");
    twin.list("6222");
    assertThat(take(MessageCode.LIST_CHECK, good(MessageCode.LIST_CHECK, 4)).feedback())
        .containsEntry("listed", "true");
  }

  @Test
  void aBankOnTheLineAnswersItself() {
    twin.connect("B01");
    PlatformMessage stop = new PlatformMessage("100101", good(MessageCode.STOP, 1));
    assertThat(twin.take(stop, T0).feedback()).isEmpty();
    assertThat(twin.line("B01")).containsExactly(stop);
    assertThat(twin.take(stop, T0).code()).isEqualTo(TransportCode.DUPLICATE);
    assertThat(twin.line("B01")).as("at the bank once").hasSize(1);
    assertThat(twin.answered("B02", stop.key(), Map.of("result", "0000"))).isFalse();
    assertThat(twin.answered("B01", stop.key(), Map.of("result", "0000"))).isTrue();
    assertThat(twin.take(stop, T0).feedback()).containsEntry("result", "0000");
  }

  @Test
  void whatIsLiftedOrExtendedIsInForceAtThatBank() {
    Map<String, String> freeze = good(MessageCode.FREEZE, 1);
    assertThat(take(MessageCode.FREEZE, freeze).feedback())
        .containsEntry("startTime", "20260601000000")
        .containsKeys("documentNumber", "seal");
    assertThat(take(MessageCode.EXTEND_FREEZE, good(MessageCode.EXTEND_FREEZE, 1)).feedback())
        .containsEntry("result", "0000");
    assertThat(take(MessageCode.LIFT_FREEZE, good(MessageCode.LIFT_FREEZE, 2)).feedback())
        .containsEntry("result", "0000");
    for (MessageCode code :
        List.of(MessageCode.LIFT_FREEZE, MessageCode.EXTEND_FREEZE, MessageCode.LIFT_STOP)) {
      assertThat(take(code, good(code, 3)).feedback())
          .containsEntry("result", BusinessCode.ACCOUNT_NOT_FOUND.code())
          .containsEntry(
              "feedbackRemark",
              code.code()
                  + " field originalApplicationID '00000000-0000-0000-0000-000000000001': it is an"
                  + " application that this bank was sent and that is in force");
    }
  }

  @Test
  void aBankOnTheLineLiftsItsStopItselfAndTheTwinAnswersItsFreezes() {
    twin.connect("B01");
    Map<String, String> sealed = but(good(MessageCode.FREEZE, 9), "accountCipher", "ab12");
    sealed.remove("accountNumber");
    assertThat(take(MessageCode.FREEZE, sealed).feedback()).containsEntry("result", "0000");
    PlatformMessage lift = new PlatformMessage("100103", good(MessageCode.LIFT_STOP, 1));
    assertThat(twin.take(lift, T0).words()).contains("originalApplicationID", "in force");

    PlatformMessage stop = new PlatformMessage("100101", good(MessageCode.STOP, 1));
    twin.take(stop, T0);
    assertThat(twin.take(lift, T0).feedback()).isEmpty();
    assertThat(twin.line("B01")).containsExactly(stop, lift);
    assertThat(twin.answered("B01", lift.key(), Map.of("result", "0000"))).isTrue();
    assertThat(twin.take(lift, T0).feedback()).containsEntry("result", "0000");
  }

  @Test
  void aCaseReportIsKeptForThePoliceAndAnOwnStopHasItsTermAndBalance() {
    Map<String, String> report = good(MessageCode.CASE_REPORT, 1);
    assertThat(take(MessageCode.CASE_REPORT, but(report, "bankID", "")).words())
        .contains("100401 field bankID ''");
    Map<String, String> own = but(report, "applicationType", "02");
    assertThat(take(MessageCode.CASE_REPORT, but(own, "accountBalance", "-1")).words())
        .isEqualTo("100401 field accountBalance '-1': it is yuan with at most two decimals");
    assertThat(twin.reports()).isEmpty();
    take(MessageCode.CASE_REPORT, own);
    take(MessageCode.CASE_REPORT, own);
    assertThat(twin.reports())
        .as("sent twice it is one")
        .containsExactly(new PlatformMessage("100401", own));
  }
}
