package dev.zhifu.desk.web;

import dev.zhifu.desk.people.Limits;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.signon.SignOn;
import dev.zhifu.desk.signon.SignOnException;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** To the identity provider and back (ADR-0133). Without one these addresses do not exist. */
final class SignOnPages extends PageKit {
  private static final Logger LOG = LoggerFactory.getLogger(SignOnPages.class);
  private static final String COOKIE = "desk-login";
  private static final String COOKIE_OF_HTTPS = "__Host-desk-login";

  /**
   * A session's cookie goes along on our own pages' requests alone, and a redirect that the
   * provider's page has led to is none of them: the browser goes on by itself.
   */
  private static final String GO_ON =
      "<!doctype html><html><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\""
          + " content=\"0;url=/\"><title>…</title></head><body><a href=\"/\">→</a></body></html>";

  private final Guard guard;

  /** A whole office may stand behind one address; engineering defaults both. */
  private final Limits begunAtAddress = new Limits(60, Duration.ofMinutes(1));

  private final Limits endedAtAddress = new Limits(60, Duration.ofMinutes(1));

  SignOnPages(Desk desk, Guard guard) {
    super(desk);
    this.guard = guard;
  }

  private SignOn signOn() {
    if (desk.signOn() == null) {
      throw new NotFoundResponse();
    }
    return desk.signOn();
  }

  void go(Context ctx) {
    SignOn signOn = signOn();
    if (!begunAtAddress.allow(guard.client(ctx))) {
      refuse(ctx, 429, "refused.often");
      return;
    }
    try {
      SignOn.Begun begun = signOn.begin();
      ctx.cookie(cookie(begun.browser(), (int) SignOn.LONGEST.toSeconds()));
      ctx.redirect(begun.provider().toString());
    } catch (SignOnException e) {
      refuse(ctx, e);
    }
  }

  void back(Context ctx) {
    SignOn signOn = signOn();
    if (!endedAtAddress.allow(guard.client(ctx))) {
      refuse(ctx, 429, "refused.often");
      return;
    }
    String browser = ctx.cookie(name());
    ctx.cookie(cookie("", 0));
    try {
      Person person = signOn.end(ctx.queryString(), browser);
      guard.setCookie(ctx, desk.sessions().begin(person));
      desk.audit().note(person.id(), "LOGIN", "", "identity provider");
      ctx.html(GO_ON);
    } catch (SignOnException e) {
      refuse(ctx, e);
    }
  }

  private void refuse(Context ctx, SignOnException e) {
    LOG.warn("a sign-on was refused: {}", e.getMessage());
    desk.audit().note("", "LOGIN REFUSED", "", e.key());
    refuse(ctx, e.key().equals("login.provider.away") ? 503 : 401, e.key());
  }

  private void refuse(Context ctx, int status, String key) {
    ctx.status(status);
    render(ctx, "login.jte", Map.of("fault", key, "provider", true));
  }

  /** Lax: it must come along when the provider's page leads back here. */
  private Cookie cookie(String value, int seconds) {
    return new Cookie(name(), value, "/", seconds, desk.secure(), true, null, SameSite.LAX);
  }

  private String name() {
    return desk.secure() ? COOKIE_OF_HTTPS : COOKIE;
  }
}
