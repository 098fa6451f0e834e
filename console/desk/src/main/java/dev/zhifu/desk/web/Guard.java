package dev.zhifu.desk.web;

import dev.zhifu.desk.door.Proxies;
import dev.zhifu.desk.people.Limits;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Sessions.Session;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.Handler;
import io.javalin.http.SameSite;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Stands before every route: who is it, may he, how often, and did the change come from our own
 * page. What it refuses never reaches a handler.
 */
final class Guard {
  private static final String COOKIE = "desk";

  /** Behind https browsers then take it from this host alone (ASVS 3.4.4). */
  private static final String COOKIE_OF_HTTPS = "__Host-desk";

  private static final String SESSION = "desk.session";
  private static final String ROUTE = "desk.route";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  /** So long refreshed parts belong to the look that is on record; an engineering default. */
  private static final Duration LOOK = Duration.ofMinutes(10);

  private static final int LOOKS_MAX = 20_000;

  /**
   * Takes minutes to type: what comes without a session, or from a page of another, is shown again.
   */
  private static final Set<Route> TYPED = EnumSet.of(Route.INTAKE_SAVE);

  /** What pages ask for by themselves, always: never a person's use. */
  private static final Set<Route> BY_ITSELF = EnumSet.of(Route.LIVE, Route.FLOW, Route.WALL_CHARTS);

  /** What an unattended page still gets: the alarm, and the wall's sums. */
  private static final Set<Route> UNATTENDED =
      EnumSet.of(Route.LIVE, Route.BELL, Route.WALL_NUMBERS, Route.WALL_CHARTS);

  private static final String SHOW_AGAIN = "desk.showAgain";

  private static final Set<Route> FILES = EnumSet.of(Route.EXPORT, Route.AUDIT_EXPORT);

  private final Desk desk;
  private final Proxies proxies;

  /** A person at a page needs a few a second; an engineering default. */
  private final Limits requests = new Limits(600, Duration.ofMinutes(1));

  private final Looks looks = new Looks(LOOK, LOOKS_MAX);

  Guard(Desk desk, Proxies proxies) {
    this.desk = desk;
    this.proxies = proxies;
  }

  Handler before(Route route, Handler handler) {
    return ctx -> {
      headers(ctx);
      ctx.attribute(PageKit.MADE, desk.live().revision());
      ctx.attribute(ROUTE, route.name());
      if (route != Route.HEALTH && proxies.refuses(ctx)) {
        refuse(ctx, 403, "refused.plain");
        return;
      }
      if (route.changes() && !fromOurOwnPage(ctx)) {
        refuse(ctx, 403, "refused.origin");
        return;
      }
      Optional<Session> session = found(ctx, route);
      session.ifPresent(found -> ctx.attribute(SESSION, found));
      if (!route.isOpen() && !mayPass(ctx, route, session)) {
        return;
      }
      handler.handle(ctx);
      session.ifPresent(found -> note(ctx, route, found.person()));
    };
  }

  /**
   * What an answer showed is on record before it leaves. A part that refreshes itself every few
   * seconds is one look with its page.
   */
  private void note(Context ctx, Route route, Person person) {
    if (FILES.contains(route) && ctx.statusCode() < 300) {
      desk.identities().exported(person);
    }
    boolean refreshes = route.shown() == Route.Shown.REFRESH;
    if ((route.shown() != Route.Shown.VIEW && !refreshes) || ctx.statusCode() >= 300) {
      return;
    }
    String id = ctx.pathParamMap().getOrDefault("id", "");
    if (looks.isNew(person.id() + " " + route.view() + " " + id, desk.clock().get())
        || !refreshes) {
      desk.audit().note(person.id(), "VIEW " + route.view(), id, "");
      if (route == Route.CASE || route == Route.REPORT) {
        desk.identities().looked(person, id);
      }
    }
  }

  private boolean mayPass(Context ctx, Route route, Optional<Session> session) {
    if (session.isEmpty()) {
      if (TYPED.contains(route) && token(ctx) != null) {
        ctx.attribute(SHOW_AGAIN, true);
        return true;
      }
      toLogin(ctx);
      return false;
    }
    String person = session.get().person().id();
    if (!route.roles().contains(session.get().person().role())) {
      desk.audit().note(person, "REFUSED", route.name(), "role " + session.get().person().role());
      refuse(ctx, 403, "refused.role");
      return false;
    }
    if (!requests.allow(person)) {
      refuse(ctx, 429, "refused.often");
      return false;
    }
    if (route.changes() && !knowsTheWord(ctx, session.get().csrf())) {
      if (TYPED.contains(route)) {
        ctx.attribute(SHOW_AGAIN, true);
        return true;
      }
      refuse(ctx, 403, "refused.csrf");
      return false;
    }
    return true;
  }

  /**
   * Makes a request known that came by no route: it gets the same headers, and a page of whoever is
   * logged in.
   */
  void known(Context ctx) {
    if (route(ctx) == null) {
      headers(ctx);
      found(ctx, null).ifPresent(found -> ctx.attribute(SESSION, found));
    }
  }

  private Optional<Session> found(Context ctx, Route route) {
    String token = token(ctx);
    if (token == null || token.isBlank()) {
      return Optional.empty();
    }
    boolean byHand = byHand(ctx, route);
    return desk.sessions()
        .find(token, byHand)
        .filter(one -> !one.unattended() || !byHand && UNATTENDED.contains(route));
  }

  /**
   * A page says which of its requests nobody's hand made; it can only shorten its session by it.
   */
  private static boolean byHand(Context ctx, Route route) {
    return BY_ITSELF.contains(route)
        ? ctx.header("X-By-Hand") != null
        : ctx.header("X-By-Itself") == null;
  }

  static Session session(Context ctx, Desk desk) {
    return ctx.attribute(SESSION);
  }

  /** True when a handler shows what was typed again and does nothing else. */
  static boolean showsAgain(Context ctx) {
    return ctx.attribute(SHOW_AGAIN) != null;
  }

  /** Name of the route that a request came by; null when it came by none. */
  static String route(Context ctx) {
    return ctx.attribute(ROUTE);
  }

  /** The address that a request comes from, for limits. */
  String client(Context ctx) {
    return proxies.client(ctx);
  }

  /** The session's token; null without one. */
  String token(Context ctx) {
    return ctx.cookie(name(desk.secure()));
  }

  void setCookie(Context ctx, String token) {
    ctx.cookie(cookie(token, desk.secure()));
  }

  static Cookie cookie(String token, boolean secure) {
    return new Cookie(name(secure), token, "/", -1, secure, true, null, SameSite.STRICT);
  }

  private static String name(boolean secure) {
    return secure ? COOKIE_OF_HTTPS : COOKIE;
  }

  private void headers(Context ctx) {
    ctx.header("Content-Security-Policy", POLICY);
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "same-origin");
    ctx.header("Cache-Control", "no-store");
    ctx.header("Cross-Origin-Opener-Policy", "same-origin");
    if (desk.secure()) {
      ctx.header("Strict-Transport-Security", "max-age=31536000");
    }
  }

  private static boolean fromOurOwnPage(Context ctx) {
    String site = ctx.header("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = ctx.header("Origin");
    if (origin == null) {
      return false;
    }
    try {
      return ctx.host() != null && ctx.host().equals(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean knowsTheWord(Context ctx, String csrf) {
    String given = ctx.header("X-CSRF");
    String word = given == null ? ctx.formParam("csrf") : given;
    return word != null
        && MessageDigest.isEqual(
            word.getBytes(StandardCharsets.UTF_8), csrf.getBytes(StandardCharsets.UTF_8));
  }

  private static void toLogin(Context ctx) {
    if (ctx.header("X-By-Itself") != null) {
      // Its page knows whether something typed stands on it, and goes to the login or locks itself.
      ctx.status(401);
    } else if (ctx.header("HX-Request") != null) {
      ctx.status(401).header("HX-Redirect", "/login");
    } else if (ctx.path().equals("/live")) {
      ctx.status(401);
    } else {
      ctx.redirect("/login");
    }
  }

  private static void refuse(Context ctx, int status, String key) {
    ctx.status(status)
        .header("HX-Retarget", "#fault")
        .header("HX-Reswap", "innerHTML")
        .contentType("text/plain; charset=utf-8")
        .result(Pages.words(ctx).t(key));
  }
}
