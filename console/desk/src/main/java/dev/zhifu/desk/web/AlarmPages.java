package dev.zhifu.desk.web;

import io.javalin.http.Context;
import java.util.Map;

/** What the jobs say that a person must look at. */
final class AlarmPages extends PageKit {
  AlarmPages(Desk desk) {
    super(desk);
  }

  void all(Context ctx) {
    render(ctx, "alarms.jte", Map.of("alarms", desk.cases().raised()));
  }

  void bell(Context ctx) {
    render(ctx, "bell.jte", Map.of());
  }

  void lines(Context ctx) {
    render(ctx, "alarmLines.jte", Map.of("alarms", desk.cases().raised()));
  }
}
