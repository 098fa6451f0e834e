package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.acts.LifeActDesk;
import dev.zhifu.desk.acts.LifeDraft;
import dev.zhifu.desk.acts.LifeOffer;
import dev.zhifu.desk.acts.LifeOffers;
import dev.zhifu.desk.acts.Offer;
import dev.zhifu.desk.acts.PaperWork;
import dev.zhifu.desk.acts.Restrictions.Restriction;
import dev.zhifu.desk.intake.StatementForm;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.rules.lives.appeal.AppealEvent;
import dev.zhifu.rules.lives.cases.CaseEvent;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.holds.VictimHoldEvent;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RiskHoldDetail;
import dev.zhifu.wire.StopPaymentRequest;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Acts about cases, freezes, victim holds and appeals, and the pages of appeals. */
final class LifePages extends PageKit {
  private static final BigDecimal FEN = BigDecimal.valueOf(100);

  LifePages(Desk desk) {
    super(desk);
  }

  /** What the part about lives shows of a case. */
  Map<String, Object> model(Context ctx, String caseId) {
    List<StopPaymentRequest> orders = desk.cases().orders(caseId);
    // First what stands, then what may be done: an offer is never older than the state beside it.
    List<LifeTransition> lives = desk.cases().lives(caseId);
    List<LifeOffer> offers = desk.lifeOffers().of(caseId, person(ctx), orders);
    Map<String, String> reviewers = new HashMap<>();
    Map<String, StopPaymentRequest> byId = new HashMap<>();
    orders.forEach(order -> byId.put(order.getOrderId(), order));
    lives.stream()
        .filter(life -> life.getKind() == LifeKind.FREEZE)
        .forEach(life -> reviewers.put(life.getObjectId(), LifeOffers.reviewer(life)));
    Map<String, Object> model = new HashMap<>();
    model.put("caseId", caseId);
    model.put("offers", offers);
    model.put("orderOf", byId);
    model.put("reviewers", reviewers);
    model.put("renewals", desk.lifeOffers().renewalsToReview(caseId));
    List<Act> acts = desk.acts().lives().ofCase(caseId);
    model.put("refusals", refusals(ctx, acts));
    model.put("lifeActs", acts);
    model.put("lives", lives);
    model.put("harms", desk.views().harms(lives));
    model.put("notices", desk.cases().noticesOf(caseId));
    model.put("banks", desk.views().banks());
    model.put(
        "ownAccounts",
        offers.stream().anyMatch(offer -> offer.form() == LifeOffer.Form.HOLD)
            ? desk.lifeOffers().protectable(caseId)
            : List.<AccountRef>of());
    return model;
  }

  /** The life of the risk hold whose file {@code id} is; empty for a case. */
  Optional<LifeTransition> hold(String id) {
    return desk.cases().lives(id).stream()
        .filter(life -> life.getKind() == LifeKind.RISK_HOLD && life.getObjectId().equals(id))
        .findFirst();
  }

  /** A risk hold belongs to no case: its page has the appeals against it and what is done there. */
  void hold(Context ctx, LifeTransition hold) {
    Map<String, Object> model = new HashMap<>(model(ctx, hold.getObjectId()));
    model.put("hold", (RiskHoldDetail) hold.getDetail());
    render(ctx, "hold.jte", model);
  }

  /** Asks for an act about a life. */
  void ask(Context ctx) {
    String caseId = field(ctx, "case");
    try {
      LifeKind life = LifeKind.valueOf(field(ctx, "life"));
      String event = field(ctx, "event");
      Person person = person(ctx);
      if (life == LifeKind.FREEZE && event.equals(FreezeEvent.PROPOSED.name())) {
        convert(ctx, person, caseId);
      } else if (life == LifeKind.APPEAL && event.equals(AppealEvent.UPHELD.name())) {
        uphold(ctx, person, caseId);
      } else if (life == LifeKind.VICTIM_HOLD && event.equals(VictimHoldEvent.PROPOSED.name())) {
        protect(ctx, person, caseId);
      } else {
        plain(ctx, person, life, caseId, event);
      }
      desk.live().changed();
    } catch (ActException e) {
      fault(ctx, e);
      return;
    } catch (IllegalArgumentException e) {
      fault(ctx, new ActException("act.unknown"));
      return;
    }
    render(ctx, "lifeActs.jte", model(ctx, caseId));
  }

  private void plain(Context ctx, Person person, LifeKind life, String caseId, String event) {
    String objectId = field(ctx, "object");
    LifeOffer offer =
        desk.lifeOffers().of(caseId, person, List.of()).stream()
            .filter(
                one ->
                    one.life() == life
                        && one.objectId().equals(objectId)
                        && one.event().equals(event))
            .findFirst()
            .orElseThrow(() -> LifeActDesk.notOffered(life, event, person));
    boolean dismissal = event.equals(CaseEvent.NO_FRAUD_FOUND.name());
    LifeDraft draft =
        new LifeDraft(
            life,
            caseId,
            objectId,
            event,
            offer.role(),
            reason(ctx, offer.form()),
            offer.form() == LifeOffer.Form.AMOUNT || offer.form() == LifeOffer.Form.PURPOSE
                ? fen(field(ctx, "amount"))
                : null,
            null,
            dismissal ? ActKind.DISMISS_CASE : null,
            documents(ctx, offer.form()));
    boolean two = dismissal || event.equals(AppealEvent.REJECTED.name()) || draft.needsTwo();
    desk.acts().lives().ask(person, List.of(filled(ctx, offer, draft, person)), null, two);
  }

  /** With what the desk knows, and what the forms of papers bring. */
  private LifeDraft filled(Context ctx, LifeOffer offer, LifeDraft draft, Person person) {
    return switch (offer.form()) {
      case SERVICE ->
          desk.lifeOffers()
              .served(
                  draft,
                  new PaperWork.Service(
                      field(ctx, "number"),
                      field(ctx, "to"),
                      past(ctx, "at").orElseThrow(() -> new ActException("fault.time")),
                      field(ctx, "desk")));
      case TYPED ->
          desk.lifeOffers()
              .answered(
                  draft,
                  new PaperWork.Answer(
                      field(ctx, "answer"),
                      field(ctx, "field"),
                      PaperWork.SUMS.contains(field(ctx, "answer"))
                              && !field(ctx, "amount").isEmpty()
                          ? fen(field(ctx, "amount"))
                          : null,
                      past(ctx, "start").orElse(null),
                      time(ctx, "expire").orElse(null),
                      field(ctx, "number"),
                      field(ctx, "reason")));
      default -> desk.lifeOffers().completed(draft, person, desk.engine().tick());
    };
  }

  /** A time that has passed; empty when none was typed. */
  private Optional<Instant> past(Context ctx, String name) {
    Optional<Instant> at = time(ctx, name);
    if (at.filter(one -> one.isAfter(desk.engine().tick())).isPresent()) {
      throw new ActException("fault.time");
    }
    return at;
  }

  private Optional<Instant> time(Context ctx, String name) {
    String typed = field(ctx, name);
    if (typed.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> at = StatementForm.time(typed, desk.engine().tick());
    if (at.isEmpty()) {
      throw new ActException("fault.time");
    }
    return at;
  }

  private void protect(Context ctx, Person person, String caseId) {
    int days = number(ctx, "days", "hold.days");
    if (field(ctx, "reason").isBlank()) {
      throw new ActException("act.reason");
    }
    desk.acts()
        .lives()
        .ask(
            person,
            List.of(
                desk.lifeOffers().hold(caseId, field(ctx, "account"), days, field(ctx, "reason"))),
            null,
            false);
  }

  private static int number(Context ctx, String name, String fault) {
    try {
      return Integer.parseInt(StatementForm.plain(field(ctx, name)));
    } catch (NumberFormatException e) {
      throw new ActException(fault);
    }
  }

  private static List<String> documents(Context ctx, LifeOffer.Form form) {
    String number = field(ctx, "number");
    return form == LifeOffer.Form.VISIT && !number.isEmpty()
        ? List.of("visit:" + number)
        : List.of();
  }

  private static String reason(Context ctx, LifeOffer.Form form) {
    if (form == LifeOffer.Form.REJECTION) {
      return Appeals.rejection(field(ctx, "reason"), field(ctx, "remedy"));
    }
    String note = field(ctx, "reason");
    boolean silent =
        form == LifeOffer.Form.PRESS
            || form == LifeOffer.Form.SERVICE
            || form == LifeOffer.Form.TYPED;
    if (note.isBlank() && !silent) {
      throw new ActException("act.reason");
    }
    if (form != LifeOffer.Form.DISMISSAL) {
      return note;
    }
    String cause = field(ctx, "cause");
    if (!LifeOffers.DISMISSALS.contains(cause)) {
      throw new ActException("act.reason");
    }
    return cause + ": " + note;
  }

  /** The appeal and the stop that it is about are decided by one press and one confirmation. */
  private void uphold(Context ctx, Person person, String caseId) {
    String cause = field(ctx, "cause");
    if (!LifeOffers.CAUSES.contains(cause)) {
      throw new ActException("act.reason");
    }
    String appealId = field(ctx, "object");
    LifeTransition life =
        desk.cases().lives(caseId).stream()
            .filter(one -> one.getObjectId().equals(appealId))
            .findFirst()
            .orElseThrow(() -> new ActException("act.unknown"));
    AppealDetail about = (AppealDetail) life.getDetail();
    LifeDraft draft =
        LifeDraft.of(
            LifeKind.APPEAL,
            caseId,
            appealId,
            AppealEvent.UPHELD.name(),
            switch (person.role()) {
              case CITY_HEAD -> dev.zhifu.rules.lives.Role.CITY_HEAD;
              case SUPERVISOR -> dev.zhifu.rules.lives.Role.COUNTY_HEAD;
              default -> dev.zhifu.rules.lives.Role.DUTY_OFFICER;
            },
            cause);
    String group = desk.acts().lives().ask(person, List.of(draft), null, true);
    boolean stands =
        about.getRestriction() == LifeKind.STOP_ORDER
            && desk.cases().order(about.getRestrictionId()).filter(Offer::inForce).isPresent();
    if (stands) {
      desk.acts()
          .ask(person, ActKind.UPHOLD_APPEAL, about.getRestrictionId(), caseId, cause, group);
    }
  }

  private void convert(Context ctx, Person person, String caseId) {
    StopPaymentRequest order =
        desk.cases().order(field(ctx, "object")).orElseThrow(() -> new ActException("act.unknown"));
    FreezeMode mode = FreezeMode.valueOf(field(ctx, "mode"));
    FreezeDetail detail =
        desk.lifeOffers()
            .freeze(
                order,
                new LifeOffers.FreezeForm(
                    mode,
                    fen(field(ctx, "amount")),
                    field(ctx, "scope"),
                    field(ctx, "fruits").equals("yes"),
                    field(ctx, "wholeReason"),
                    field(ctx, "goodFaith").equals("yes"),
                    field(ctx, "heard"),
                    field(ctx, "related").equals("yes"),
                    field(ctx, "term").isEmpty()
                        ? LifeOffers.TERM_MONTHS
                        : number(ctx, "term", "freeze.term.wrong"),
                    field(ctx, "channel").equals(OrderChannel.PAPER.name())
                        ? OrderChannel.PAPER
                        : OrderChannel.PLATFORM));
    desk.acts()
        .lives()
        .ask(person, desk.lifeOffers().conversion(caseId, order, detail), null, false);
  }

  static long fen(String yuan) {
    try {
      long fen =
          new BigDecimal(StatementForm.plain(yuan).replace(",", "")).multiply(FEN).longValueExact();
      if (fen > 0) {
        return fen;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new ActException("fault.amount");
    }
    throw new ActException("fault.amount");
  }

  /** Signs the legal office's review of a freeze. */
  void review(Context ctx) {
    String freezeId = ctx.pathParam("id");
    String caseId = field(ctx, "case");
    Stream.concat(
            desk.cases().lives(caseId).stream()
                .filter(life -> life.getState().equals("LEGAL_REVIEW")),
            desk.lifeOffers().renewalsToReview(caseId).stream())
        .filter(life -> life.getObjectId().equals(freezeId))
        .findFirst()
        .orElseThrow(NotFoundResponse::new);
    desk.lifeOffers().review(caseId, freezeId, person(ctx), field(ctx, "reason"));
    desk.audit().note(person(ctx).id(), "LEGAL REVIEW", freezeId, "");
    desk.live().changed(caseId);
    render(ctx, "lifeActs.jte", model(ctx, caseId));
  }

  // --- appeals -----------------------------------------------------------------------------------

  void appeals(Context ctx) {
    render(
        ctx,
        "appeals.jte",
        Map.of("waiting", desk.appeals().waiting(), "known", desk.appeals().known()));
  }

  void form(Context ctx) {
    form(ctx, Map.of(), "", List.of());
  }

  private void form(
      Context ctx, Map<String, String> values, String fault, List<Restriction> choices) {
    Person person = person(ctx);
    List<Appeals.Lodged> own =
        person.role() == Role.BANK ? desk.appeals().ofBank(person.bank()) : List.of();
    render(
        ctx,
        "appeal.jte",
        Map.of(
            "values",
            values,
            "fault",
            fault,
            "choices",
            choices,
            "own",
            own,
            "stands",
            desk.appeals().newest(own.stream().map(Appeals.Lodged::appealId).toList())));
  }

  void lodge(Context ctx) {
    Person person = person(ctx);
    Map<String, String> values = new HashMap<>();
    for (String name : List.of("object", "lodgedBy", "statement", "harm")) {
      values.put(name, field(ctx, name));
    }
    if (person.role() == Role.BANK) {
      values.put("lodgedBy", "BANK");
    }
    String typed = values.get("object");
    String chosen = field(ctx, "restriction");
    String word =
        chosen.isEmpty() ? desk.intake().tokenOf(StatementForm.plain(typed)).orElse(typed) : chosen;
    try {
      desk.appeals()
          .lodge(person, word, values.get("lodgedBy"), values.get("statement"), values.get("harm"));
      desk.live().changed();
      ctx.redirect(person.role() == Role.BANK ? "/appeal" : "/appeals");
    } catch (ActException e) {
      ctx.status(422);
      form(
          ctx,
          values,
          e.key(),
          e.key().equals("appeal.several") ? desk.appeals().choices(person, word) : List.of());
    }
  }

  void take(Context ctx) {
    try {
      desk.appeals().take(person(ctx), ctx.pathParam("id"));
      desk.live().changed();
    } catch (ActException e) {
      fault(ctx, e);
      return;
    }
    ctx.header("HX-Redirect", "/appeals");
  }
}
