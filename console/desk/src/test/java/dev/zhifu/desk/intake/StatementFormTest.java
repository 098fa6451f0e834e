package dev.zhifu.desk.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementFormTest {
  /** 02:10 in China. */
  private static final Instant NOW = Instant.parse("2026-03-02T18:10:00Z");

  private final Map<String, String> fields = new HashMap<>();

  StatementFormTest() {
    fields.put("victimName", "张桂兰");
    fields.put("idNumber", "15060219620308123X");
    fields.put("channel", "110");
    fields.put("typology", "");
    fields.put("payerNumber", "6217 0100 0000 0000 815");
    fields.put("number0", "6217-0200-0000-0004-711");
    fields.put("name0", "赵某");
    fields.put("amount0", "186,000.05");
    fields.put("time0", "01:59:30");
  }

  private Statement read(StatementForm form) {
    return form.read("R-1", NOW, NOW);
  }

  @Test
  void aWholeFormIsAStatementToTheFenAndSecond() {
    StatementForm form = new StatementForm(fields::get);
    Statement statement = read(form);
    assertThat(form.faults()).isEmpty();
    assertThat(statement.payerNumber()).isEqualTo("6217010000000000815");
    assertThat(statement.transfers())
        .containsExactly(
            new Statement.Paid(
                "6217020000000004711", "赵某", 18_600_005, Instant.parse("2026-03-02T17:59:30Z")));
    assertThat(statement.toString()).doesNotContain("张桂兰").doesNotContain("6217");
  }

  @Test
  void briefFactsMayFollowAndAreNoLongerThanTheirPlace() {
    assertThat(read(new StatementForm(fields::get)).facts()).isEmpty();
    fields.put("facts", " 冒充客服 ");
    StatementForm form = new StatementForm(fields::get);
    assertThat(read(form).facts()).isEqualTo("冒充客服");
    assertThat(form.faults()).isEmpty();
    fields.put("facts", "长".repeat(IntakeDesk.FACTS_MAX + 1));
    StatementForm tooLong = new StatementForm(fields::get);
    read(tooLong);
    assertThat(tooLong.faults()).containsExactly(Map.entry("facts", "fault.facts"));
  }

  @Test
  void aPayeeMayBeASubaccountAndThePayerNot() {
    fields.put("number0", "6217020000000004711_03");
    StatementForm form = new StatementForm(fields::get);
    assertThat(read(form).transfers().get(0).number()).isEqualTo("6217020000000004711_03");
    assertThat(form.faults()).isEmpty();
    fields.put("payerNumber", "6217010000000000815_1");
    StatementForm wrong = new StatementForm(fields::get);
    read(wrong);
    assertThat(wrong.faults()).containsOnlyKeys("payerNumber");
  }

  @Test
  void aTimeWithoutADayIsTheLastThatHasPassed() {
    fields.put("time0", "23:50");
    assertThat(read(new StatementForm(fields::get)).transfers().get(0).at())
        .isEqualTo("2026-03-02T15:50:00Z");
    fields.put("time0", "2026-03-01 12:00:01");
    assertThat(read(new StatementForm(fields::get)).transfers().get(0).at())
        .isEqualTo("2026-03-01T04:00:01Z");
  }

  @Test
  void eachWrongFieldIsNamed() {
    Map<String, String> wrong =
        Map.of(
            "victimName", " ",
            "idNumber", "12",
            "channel", "fax",
            "typology", "V3",
            "payerNumber", "62170100",
            "number0", "6217**471a",
            "name0", "",
            "amount0", "-5",
            "time0", "2026-03-03 02:10:01");
    wrong.forEach(
        (field, value) -> {
          Map<String, String> one = new HashMap<>(fields);
          one.put(field, value);
          StatementForm form = new StatementForm(one::get);
          read(form);
          assertThat(form.faults()).as(field).containsOnlyKeys(field);
        });
    for (String amount : new String[] {"", "abc", "1.005", "0", "99999999999"}) {
      fields.put("amount0", amount);
      StatementForm form = new StatementForm(fields::get);
      read(form);
      assertThat(form.faults()).as(amount).containsOnlyKeys("amount0");
    }
  }

  @Test
  void aMaskedPayeeIsAskedForAndNeedsNoName() {
    fields.put("number0", "6217 02＊＊ xxxx 4711");
    fields.remove("name0");
    StatementForm form = new StatementForm(fields::get);
    Statement statement = read(form);
    assertThat(form.faults()).isEmpty();
    assertThat(statement.transfers()).isEmpty();
    assertThat(statement.asked())
        .containsExactly(
            new Statement.Asked(
                "621702******4711", 18_600_005, Instant.parse("2026-03-02T17:59:30Z")));
    for (String wrong : new String[] {"***471", "6217**" + "0".repeat(30)}) {
      fields.put("number0", wrong);
      form = new StatementForm(fields::get);
      read(form);
      assertThat(form.faults()).as(wrong).containsOnlyKeys("number0");
    }
    fields.put("payerNumber", "6217****0815");
    form = new StatementForm(fields::get);
    read(form);
    assertThat(form.faults()).containsEntry("payerNumber", "fault.masked");
  }

  @Test
  void withoutATransferThereIsNothingToStop() {
    fields.remove("number0");
    StatementForm form = new StatementForm(fields::get);
    read(form);
    assertThat(form.faults()).containsExactly(Map.entry("number0", "fault.noTransfer"));
  }
}
