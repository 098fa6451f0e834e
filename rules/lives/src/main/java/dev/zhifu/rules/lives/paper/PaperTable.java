package dev.zhifu.rules.lives.paper;

import static dev.zhifu.rules.lives.Role.*;
import static dev.zhifu.rules.lives.paper.PaperEffect.*;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Rows;
import dev.zhifu.rules.lives.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The life of a request to an institution whose channel is PAPER: printed, served, answered by
 * hand. All its clocks are our own service levels; none is law.
 */
public final class PaperTable {

  /** States in which somebody still has to do something. */
  public static final Set<PaperState> OPEN =
      Set.copyOf(EnumSet.of(PaperState.TO_PRINT, PaperState.PRINTED, PaperState.SERVED));

  /** What the paper says that asks for the release of a part of a freeze; the rest goes on. */
  public static final String REST_OF_FREEZE = "协助解除部分冻结，其余继续冻结 release a part of the freeze";

  /** Answers by which something takes effect: each names its start time. */
  public static final Set<String> STARTS =
      Set.of("BANK_FROZE", "BANK_STOPPED", "BANK_STOPPED_ZERO", "STOP_EXTENDED", "BANK_APPLIED");

  /** Which of the four fields did not match, as the reason of the act that types it in. */
  public static final List<String> FIELDS = List.of("NAME", "ACCOUNT", "AMOUNT", "TIME");

  private static final LifeTable<PaperState, PaperEvent, PaperFact, PaperEffect> LAW =
      LifeTable.of(new Words("书面文书", "paper"), PaperState.class, PaperState::words, rows());

  private PaperTable() {}

  /** The table. */
  public static LifeTable<PaperState, PaperEvent, PaperFact, PaperEffect> law() {
    return LAW;
  }

  private static List<Row<PaperState, PaperEvent, PaperFact, PaperEffect>> rows() {
    Rows<PaperState, PaperEvent, PaperFact, PaperEffect> table = new Rows<>();
    table
        .fresh()
        .on(PaperEvent.PREPARED)
        .to(PaperState.TO_PRINT)
        .effects(START_PRINT_CLOCK)
        .by(ENGINE)
        .under(Clause.OWN);
    table
        .from(PaperState.TO_PRINT)
        .on(PaperEvent.PRINT_LATE)
        .same()
        .effects(ALARM_OVERDUE)
        .by(CLOCK)
        .under(Clause.OWN);
    table
        .from(PaperState.TO_PRINT)
        .on(PaperEvent.PRINTED)
        .when(PaperFact.ACT_VERIFIED)
        .to(PaperState.PRINTED)
        .effects(END_PRINT_CLOCK, START_SERVE_CLOCK)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.OWN);
    table
        .from(PaperState.PRINTED)
        .on(PaperEvent.SERVE_LATE)
        .same()
        .effects(ALARM_OVERDUE)
        .by(CLOCK)
        .under(Clause.OWN);
    table
        .from(PaperState.PRINTED)
        .on(PaperEvent.SERVED)
        .when(PaperFact.TWO_OFFICERS, PaperFact.RECEIPT_KEPT, PaperFact.ACT_VERIFIED)
        .to(PaperState.SERVED)
        .effects(END_SERVE_CLOCK, START_ANSWER_CLOCK)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.OWN);
    table
        .from(PaperState.SERVED)
        .on(PaperEvent.ANSWER_LATE)
        .same()
        .effects(ALARM_OVERDUE)
        .by(CLOCK)
        .under(Clause.OWN);
    table
        .from(PaperState.SERVED)
        .on(PaperEvent.ANSWERED)
        .when(PaperFact.ANSWER_FITS, PaperFact.ANSWER_KEPT, PaperFact.ACT_VERIFIED)
        .to(PaperState.ANSWERED)
        .effects(END_ANSWER_CLOCK, PASS_ANSWER_ON)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.OWN);
    table
        .from(PaperState.ANSWERED)
        .on(PaperEvent.ANSWERED)
        .when(PaperFact.ANSWER_FITS, PaperFact.ANSWER_KEPT, PaperFact.ACT_VERIFIED)
        .to(PaperState.ANSWERED)
        .effects(PASS_ANSWER_ON)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.OWN);
    table
        .from(OPEN)
        .on(PaperEvent.VOIDED)
        .when(PaperFact.REASON_GIVEN, PaperFact.ACT_VERIFIED)
        .to(PaperState.VOID)
        .by(DUTY_OFFICER, CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.OWN);
    return table.done();
  }
}
