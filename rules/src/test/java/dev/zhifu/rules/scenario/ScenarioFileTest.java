package dev.zhifu.rules.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionPhase;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioFileTest {

  @Test
  void aTimelineBecomesEventsInTheOrderOfItsRows() throws ScenarioException {
    Scenario scenario =
        one(
            """
            - name: example
              why: to read it
              accounts: |
                # role   kind      bank  opened  balance
                mule-1   MERCHANT  B03   -10d    100.00
              timeline: |
                +5m    transfer    t1  victim-1  mule-1    20000.00  awaiting
                +0s    call.start  c1  victim-1  caller-1            stranger prefix=VOIP
                +1m    call.end    e1  victim-1  caller-1            of=c1
                +6m    watermark
                +5m    again       t1/awaiting
                +7m    transfer    t2  mule-1    x         50.00
              expect: none
            """);

    List<Arrival> arrivals = scenario.arrivals();
    BankTransaction asked = (BankTransaction) arrivals.get(0).event().getEvent();
    TelecomEvent call = (TelecomEvent) arrivals.get(1).event().getEvent();
    TelecomEvent end = (TelecomEvent) arrivals.get(2).event().getEvent();
    BankTransaction out = (BankTransaction) arrivals.get(5).event().getEvent();
    assertThat(asked.getPhase()).isEqualTo(TransactionPhase.AWAITING);
    assertThat(asked.getAmountFen()).isEqualTo(2_000_000);
    assertThat(asked.getPayee().getBank()).isEqualTo("B03");
    assertThat(asked.getPayee().getOpenedOn()).isEqualTo("2026-02-20");
    assertThat(asked.getPayer().getHolderToken()).isEqualTo(call.getHolderToken());
    assertThat(end.getDurationSeconds()).isEqualTo(60);
    assertThat(end.getPeerPrefix()).isEqualTo(call.getPeerPrefix());
    assertThat(end.getSessionId()).isEqualTo(call.getSessionId());
    assertThat(arrivals.get(3).isWatermark()).isTrue();
    assertThat(arrivals.get(4).event()).isSameAs(arrivals.get(0).event());
    assertThat(out.getPayer().getBalanceBeforeFen()).as("nothing was booked").isEqualTo(10_000);
  }

  @Test
  void everyFaultIsNamedWithItsLine() {
    ScenarioException faults =
        catchThrowableOfType(
            ScenarioException.class,
            () ->
                ScenarioFile.parse(
                    "X/scenarios.yaml",
                    """
                    - name: example
                      wy: misspelt
                      start: "25:00"
                      timeline: |
                        0s     transfer    t1  victim-1  mule-1  20000.00
                        +1s    transfr     t2  victim-1  mule-1  20000.00
                        +2s    transfer    t3  victim-1  mule-1  20,000
                        +3s    transfer    t4  victim-1  mule-1  20.00    awaitin
                        +4s    again       t9
                        +5s    call.end    e1  victim-1  caller  of=c9
                        +6s    app.start   s1  victim-1  class=MEETNG
                      expect: |
                        +1m T02
                    """));

    assertThat(faults.problems())
        .extracting(ScenarioProblem::line)
        .contains(1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 13);
    assertThat(faults)
        .hasMessageContaining("X/scenarios.yaml:2: a scenario has no wy")
        .hasMessageContaining("nothing is called transfr")
        .hasMessageContaining("amount is 20,000")
        .hasMessageContaining("transfer does not know awaitin")
        .hasMessageContaining("no row before has the id t9")
        .hasMessageContaining("MEETING")
        .hasMessageContaining("the scenario has no why");
  }

  @Test
  void textThatIsNoYamlAndTwoOfOneNameAreRefused() {
    assertThat(
            catchThrowableOfType(
                ScenarioException.class, () -> ScenarioFile.parse("X", "- name: [")))
        .hasMessageContaining("not YAML");
    String twice = "- name: a\n  why: b\n  timeline: |\n    +0s login l v\n  expect: none\n";
    assertThat(
            catchThrowableOfType(
                ScenarioException.class, () -> ScenarioFile.parse("X", twice + twice)))
        .hasMessageContaining("X:6: line 1 has this name too");
  }

  @Test
  void offsetsAreWrittenOneWay() {
    for (String offset : List.of("+0s", "+7m", "+2h59m59s", "-10d", "+1d1ms")) {
      assertThat(Offsets.format(Offsets.parse(offset))).isEqualTo(offset);
    }
    assertThat(Offsets.format(Offsets.parse("+60m"))).isEqualTo("+1h");
    assertThat(Offsets.isOffset("7m")).isFalse();
  }

  private static Scenario one(String text) throws ScenarioException {
    return ScenarioFile.parse("X/scenarios.yaml", text).get(0);
  }
}
