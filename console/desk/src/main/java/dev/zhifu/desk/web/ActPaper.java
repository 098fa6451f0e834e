package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.view.ByHand;
import dev.zhifu.desk.view.LifeWords;
import dev.zhifu.desk.words.Words;
import dev.zhifu.papers.ActFile;
import dev.zhifu.papers.MeasureFile;
import dev.zhifu.papers.MeasurePapers;
import dev.zhifu.papers.RefundFile;
import dev.zhifu.papers.Yuan;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.holds.VictimHoldEvent;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimHoldDetail;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The paper of an act that no job has confirmed. Where the act asks something of a bank it is the
 * bank's own form; a step of the centre's own, a proposal or a filing, is put on record. Names and
 * numbers are left for the hand, so that it can be printed at once and opens no identity.
 */
final class ActPaper extends PageKit {
  private static final Words PRINTED = Words.of("zh");

  ActPaper(Desk desk) {
    super(desk);
  }

  /** Paper {@code n} of an act, counted from 0: each who is phoned has one. */
  void paper(Context ctx) {
    Act act = desk.acts().state(ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
    String typed = Objects.requireNonNullElse(ctx.queryParam("n"), "0");
    List<ByHand.Place> places = desk.byHand().of(act);
    int n = typed.matches("[0-9]{1,3}") ? Integer.parseInt(typed) : places.size();
    if (n >= places.size()) {
      throw new NotFoundResponse();
    }
    if (act.kind() == ActKind.SIGN_ORDER || act.kind() == ActKind.EXTEND) {
      ctx.redirect("/paper/" + act.objectId());
      return;
    }
    desk.audit().note(person(ctx).id(), "PAPER", act.objectId(), act.actId());
    page(ctx, sheet(ctx, act, places.get(n)));
  }

  private String sheet(Context ctx, Act act, ByHand.Place place) {
    PaperNames names = names(ctx, act.caseId());
    Object about = act.aboutLife() ? desk.byHand().about(act).orElse(null) : null;
    StopPaymentRequest order =
        act.aboutLife() ? null : desk.cases().order(act.objectId()).orElse(null);
    RefundFile.Account account =
        place.account().isEmpty() ? null : names.account(place.account(), place.name(), false);
    Optional<MeasureFile.Kind> asked = account == null ? Optional.empty() : asks(act, about);
    if (asked.isPresent()) {
      return MeasurePapers.of(
          new MeasureFile(
              asked.get(),
              number(act, about, order),
              names.marked(""),
              desk.lifeOffers().authority(),
              account,
              place.phone(),
              facts(act, about, order, place),
              officers(act),
              desk.engine().tick()));
    }
    return MeasurePapers.of(
        new ActFile(
            act.actId(),
            names.marked(""),
            desk.lifeOffers().authority(),
            said(act),
            account,
            place.name(),
            place.phone(),
            facts(act, about, order, place),
            officers(act),
            act.askedAt(),
            desk.engine().tick()));
  }

  private static String said(Act act) {
    return act.aboutLife()
        ? PRINTED.t("life." + act.life()) + " " + LifeWords.event(act.life(), act.event(), true)
        : PRINTED.t("act." + act.kind());
  }

  /** The form by which a bank is asked for what the act decides; empty for a step of our own. */
  private static Optional<MeasureFile.Kind> asks(Act act, Object about) {
    if (!act.aboutLife()) {
      return switch (act.kind()) {
        case ACCEPT_REPORT -> Optional.of(MeasureFile.Kind.STOP);
        case RELEASE, UPHOLD_APPEAL -> Optional.of(MeasureFile.Kind.STOP_LIFT);
        default -> Optional.empty();
      };
    }
    if (act.life() == LifeKind.FREEZE) {
      return switch (FreezeEvent.valueOf(act.event())) {
        case SENT -> Optional.of(MeasureFile.Kind.FREEZE);
        case RENEWAL_ASKED -> Optional.of(MeasureFile.Kind.FREEZE_RENEWAL);
        case RELEASE_SIGNED -> Optional.of(MeasureFile.Kind.FREEZE_LIFT);
        case REST_RELEASE_SIGNED -> Optional.of(MeasureFile.Kind.FREEZE_LIFT_PART);
        default -> Optional.empty();
      };
    }
    if (act.life() == LifeKind.VICTIM_HOLD) {
      return switch (VictimHoldEvent.valueOf(act.event())) {
        case APPROVED -> Optional.of(MeasureFile.Kind.HOLD);
        case HARDSHIP_ALLOWED -> Optional.of(MeasureFile.Kind.HOLD_PAYMENT);
        case LIFT_DECIDED, APPEAL_UPHELD -> Optional.of(MeasureFile.Kind.HOLD_LIFT);
        default -> Optional.empty();
      };
    }
    // A freeze ends by its head's signature and not by the appeal alone.
    return act.event().equals("UPHELD") && about instanceof AppealDetail appeal
        ? switch (appeal.getRestriction()) {
          case STOP_ORDER -> Optional.of(MeasureFile.Kind.STOP_LIFT);
          case VICTIM_HOLD -> Optional.of(MeasureFile.Kind.HOLD_LIFT);
          default -> Optional.empty();
        }
        : Optional.empty();
  }

  /** The application's number where the measure has one, so that the bank finds it again. */
  private static String number(Act act, Object about, StopPaymentRequest order) {
    if (order != null) {
      return order.getApplicationId();
    }
    return about instanceof FreezeDetail freeze ? freeze.getApplicationId() : act.actId();
  }

  private List<RefundFile.Officer> officers(Act act) {
    Names names = new Names(desk.people(), desk.views().banks());
    List<RefundFile.Officer> officers = new ArrayList<>();
    Stream.of(act.officerId(), act.secondId())
        .map(id -> id == null ? PaperNames.BY_HAND : names.of(id))
        .map(name -> new RefundFile.Officer(name, PaperNames.BY_HAND))
        .forEach(officers::add);
    return officers;
  }

  private Map<String, String> facts(
      Act act, Object about, StopPaymentRequest order, ByHand.Place place) {
    Map<String, String> facts = new LinkedHashMap<>();
    desk.acts()
        .reportOf(act.actId())
        .ifPresent(
            report ->
                report.getTransfers().stream()
                    .filter(paid -> paid.getPayee().getAccountToken().equals(place.account()))
                    .forEach(paid -> ofTransfer(facts, paid)));
    if (order != null) {
      MeasureFacts.ofStop(facts, order);
    }
    if (about instanceof FreezeDetail freeze) {
      MeasureFacts.ofFreeze(facts, freeze, freeze.getAmountFen(), freeze.getTermMonths());
    } else if (about instanceof VictimHoldDetail hold) {
      facts.put(PRINTED.t("paper.term"), PRINTED.t("sheet.days", hold.getDays()));
    } else if (about instanceof AppealDetail appeal) {
      facts.put(PRINTED.t("appeal.statement"), appeal.getStatement());
      facts.put(PRINTED.t("appeal.harm"), PaperNames.blank(appeal.getHarm()));
    } else if (about instanceof RefundDetail refund && !refund.getShares().isEmpty()) {
      facts.put(
          PRINTED.t("refund.sum"),
          yuan(refund.getShares().stream().mapToLong(RefundShare::getRefundFen).sum()));
    }
    desk.acts()
        .lives()
        .amountOf(act.actId())
        .filter(fen -> fen > 0)
        .ifPresent(fen -> facts.put(PRINTED.t("flow.amount"), Yuan.figures(fen)));
    if (!act.reason().isBlank()) {
      facts.put(
          PRINTED.t("orders.reason"),
          PRINTED.orElse(
              "cause." + act.reason(), PRINTED.orElse("hardship." + act.reason(), act.reason())));
    }
    return facts;
  }

  private static void ofTransfer(Map<String, String> facts, ReportedTransfer paid) {
    facts.put(PRINTED.t("orders.transfer"), yuan(paid.getAmountFen()));
    facts.put(PRINTED.t("orders.time"), PRINTED.full(paid.getOccurredAt()));
    facts.put(
        PRINTED.t("paper.transaction"),
        PaperNames.blank(Objects.requireNonNullElse(paid.getPayeeBankTransactionId(), "")));
  }

  private static String yuan(long fen) {
    return Yuan.figures(fen) + PRINTED.t("yuan");
  }
}
