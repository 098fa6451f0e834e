package dev.zhifu.desk.web;

import dev.zhifu.desk.words.Words;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a request gets that names nothing here: which thing, and where to look for it. */
final class NotThere extends PageKit {
  private static final int TOLD_MAX = 80;

  private final Guard guard;

  NotThere(Desk desk, Guard guard) {
    super(desk);
    this.guard = guard;
  }

  /**
   * Kinds of things that addresses name, by the first word of a route, and where one finds them.
   */
  private enum Thing {
    CASE("case", Route.QUEUE),
    REPORT("report", Route.QUEUE),
    QUERY("query", Route.PAPERS),
    ACT("act", Route.QUEUE),
    ORDER("order", Route.QUEUE),
    PAPER("paper", Route.QUEUE),
    FREEZE("freeze", Route.REFUNDS),
    APPEAL("appeal", Route.APPEALS),
    REFUND("refund", Route.REFUNDS),
    WARNING("warning", Route.WARNINGS),
    TASK("go", Route.GO),
    RULE("rule", Route.RULES),
    SHEET("export", Route.QUEUE),
    LINE("audit", Route.AUDIT),
    OWN_BANK("bank", Route.OWN_BANK),
    PROVIDER("login", Route.LOGIN_PAGE),
    ADDRESS("", Route.HOME);

    private final String word;
    private final Route where;

    Thing(String word, Route where) {
      this.word = word;
      this.where = where;
    }

    static Thing of(Route route) {
      String word = route == null ? "" : route.path().split("/", 3)[1];
      for (Thing thing : values()) {
        if (thing.word.equals(word)) {
          return thing;
        }
      }
      return ADDRESS;
    }
  }

  /** Says it: on a page of its own, or above the page whose part was asked for. */
  void tell(Context ctx) {
    guard.known(ctx);
    Words words = words(ctx);
    String name = Guard.route(ctx);
    Thing thing = Thing.of(name == null ? null : Route.valueOf(name));
    String key = "notThere." + thing;
    if (ctx.header("HX-Request") != null) {
      ctx.header("HX-Retarget", "#fault").header("HX-Reswap", "innerHTML");
      Map<String, Object> model = new HashMap<>(Map.of("key", key, "values", List.of(told(ctx))));
      render(ctx, "fault.jte", model);
      return;
    }
    Route where = thing.where;
    if (!where.isOpen()
        && (thing == Thing.OWN_BANK
            || Guard.session(ctx, desk) == null
            || !where.roles().contains(person(ctx).role()))) {
      where = Route.HOME;
    }
    wayOut(ctx, 404, words.t("notThere"), List.of(words.t(key, told(ctx))), where);
  }

  /** The id that the address has, or the address: enough to see what is wrong with it. */
  private static String told(Context ctx) {
    Map<String, String> named = ctx.pathParamMap();
    String id = named.getOrDefault("id", named.getOrDefault("what", ctx.path()));
    return id.substring(0, Math.min(TOLD_MAX, id.length()));
  }
}
