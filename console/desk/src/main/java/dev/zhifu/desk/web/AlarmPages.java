package dev.zhifu.desk.web;

import dev.zhifu.wire.RecoveryAlarm;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the jobs, and the directory of duty desks, say that a person must look at. */
final class AlarmPages extends PageKit {
  AlarmPages(Desk desk) {
    super(desk);
  }

  void all(Context ctx) {
    render(ctx, "alarms.jte", Map.of("alarms", said(ctx, raised())));
  }

  /** What the desk's own directory lacks stands first: it is mended before it is needed. */
  private List<RecoveryAlarm> raised() {
    List<RecoveryAlarm> all = new ArrayList<>(desk.duty().alarms(desk.engine().tick()));
    all.addAll(desk.cases().raised());
    return all;
  }

  void bell(Context ctx) {
    render(ctx, "bell.jte", Map.of());
  }

  void lines(Context ctx) {
    render(ctx, "alarmLines.jte", Map.of("alarms", said(ctx, raised())));
  }
}
