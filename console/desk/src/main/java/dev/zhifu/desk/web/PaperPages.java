package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.view.Extent;
import dev.zhifu.desk.view.Papers;
import dev.zhifu.desk.words.Words;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.papers.CasePapers;
import dev.zhifu.papers.MeasureFile;
import dev.zhifu.papers.MeasurePapers;
import dev.zhifu.papers.NoticeFile;
import dev.zhifu.papers.RefundFile;
import dev.zhifu.papers.Yuan;
import dev.zhifu.rules.lives.appeal.AppealState;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.VictimHoldDetail;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Papers with a life: what waits to be printed, served and answered; and papers as pages that print
 * or PDF, always in Chinese: they go to banks and holders.
 */
final class PaperPages extends PageKit {
  private static final Words PRINTED = Words.of("zh");

  /** Asks for the paper of a hand-over where the id of another would stand. */
  private static final String HAND_OVER = "hand-over";

  /** Before the id of a rejected appeal where the number of a notice would stand. */
  private static final String APPEAL = "appeal:";

  PaperPages(Desk desk) {
    super(desk);
  }

  void all(Context ctx) {
    list(ctx, "");
  }

  private void list(Context ctx, String fault) {
    render(
        ctx,
        "papers.jte",
        Map.of(
            "papers",
            desk.papers().open(extent(ctx)),
            "whole",
            extent(ctx) == Extent.WHOLE,
            "banks",
            desk.views().banks(),
            "queries",
            desk.queries().open(),
            "fault",
            fault));
  }

  /** A paper to an institution, or what goes along with a case that is handed over. */
  void paper(Context ctx) throws IOException {
    String caseId = caseOf(ctx).getCaseId();
    if (field(ctx, "paper").equals(HAND_OVER)) {
      handOver(ctx);
      return;
    }
    LifeTransition life =
        desk.papers().of(List.of(caseId)).stream()
            .filter(one -> one.getObjectId().equals(field(ctx, "paper")))
            .findFirst()
            .orElseThrow(NotFoundResponse::new);
    PaperDetail held = Papers.detail(life);
    send(
        ctx,
        "paper",
        life.getObjectId(),
        () -> {
          PaperNames names = names(ctx, caseId);
          return MeasurePapers.of(
              new MeasureFile(
                  kind(held),
                  held.getApplicationId(),
                  names.marked(field(ctx, "caseNumber")),
                  desk.lifeOffers().authority(),
                  account(names, held.getTarget()),
                  desk.views().banks().of(held.getBank()).dutyPhone(),
                  facts(held, caseId),
                  officers(ctx),
                  desk.engine().tick()));
        });
  }

  private void handOver(Context ctx) throws IOException {
    FraudCase about = caseOf(ctx);
    List<LifeTransition> lives = desk.cases().lives(about.getCaseId());
    LifeTransition life =
        lives.stream()
            .filter(one -> one.getObjectId().equals(about.getCaseId()))
            .filter(one -> one.getDetail() instanceof CaseDetail)
            .filter(one -> !((CaseDetail) one.getDetail()).getReceivingBody().isEmpty())
            .findFirst()
            .orElseThrow(NotFoundResponse::new);
    send(
        ctx,
        HAND_OVER,
        about.getCaseId(),
        () ->
            CasePapers.of(
                new CasePaper(desk, names(ctx, about.getCaseId()), officers(ctx))
                    .handOver(about, life, lives, field(ctx, "caseNumber"))));
  }

  private void rejection(Context ctx, String caseId, String appealId) throws IOException {
    LifeTransition appeal =
        desk.cases().lives(caseId).stream()
            .filter(one -> one.getObjectId().equals(appealId))
            .filter(one -> one.getState().equals(AppealState.REJECTED.name()))
            .findFirst()
            .orElseThrow(NotFoundResponse::new);
    Appeals.Decision decision = Appeals.decision(appeal).orElseThrow(NotFoundResponse::new);
    send(
        ctx,
        "rejection",
        appealId,
        () ->
            CasePapers.of(
                new CasePaper(desk, names(ctx, caseId), officers(ctx))
                    .rejection(appeal, decision)));
  }

  /** What the holder of a restricted account is told: of the measure, or of a rejected appeal. */
  void notice(Context ctx) throws IOException {
    if (field(ctx, "notice").startsWith(APPEAL)) {
      // An appeal against a risk hold stands in the hold's file, which is no case.
      rejection(ctx, ctx.pathParam("id"), field(ctx, "notice").substring(APPEAL.length()));
      return;
    }
    String caseId = caseOf(ctx).getCaseId();
    RestrictionNotice notice =
        desk.cases().noticesOf(caseId).stream()
            .filter(one -> noticeKey(one).equals(field(ctx, "notice")))
            .findFirst()
            .orElseThrow(NotFoundResponse::new);
    send(
        ctx,
        "notice",
        notice.getNoticeId(),
        () -> {
          PaperNames names = names(ctx, caseId);
          RefundFile.Account account =
              names.account(notice.getAccountToken(), bank(notice.getBank()), true);
          return MeasurePapers.of(
              new NoticeFile(
                  names.marked(notice.getNoticeId()),
                  desk.lifeOffers().authority(),
                  account,
                  PRINTED.t("restriction." + notice.getRestriction()),
                  PRINTED.t("reason." + notice.getReasonCode()),
                  notice.getFrom(),
                  notice.getUntil(),
                  notice.getRelief(),
                  notice.getDocuments(),
                  notice.getInForce(),
                  desk.engine().tick()));
        });
  }

  /** A notice of a restriction and that of its end bear one id. */
  static String noticeKey(RestrictionNotice notice) {
    return notice.getNoticeId() + (notice.getInForce() ? "" : ":end");
  }

  /** Makes a paper; the names in it are opened on record. */
  private interface Sheet {
    String make();
  }

  private void send(Context ctx, String name, String objectId, Sheet sheet) throws IOException {
    try {
      if (field(ctx, "reason").isBlank()) {
        throw new ActException("act.reason");
      }
      String xhtml = sheet.make();
      desk.audit().note(person(ctx).id(), "PAPER " + name, objectId, field(ctx, "reason"));
      if (field(ctx, "form").equals("pdf")) {
        pdf(ctx, name, xhtml);
      } else {
        page(ctx, xhtml);
      }
    } catch (ActException e) {
      ctx.status(422);
      list(ctx, e.key());
    }
  }

  private String bank(String code) {
    return desk.views().banks().of(code).name();
  }

  private RefundFile.Account account(PaperNames names, AccountRef target) {
    RefundFile.Account account =
        names.account(target.getAccountToken(), bank(target.getBank()), true);
    if (target.getHolderToken() == null || !account.name().equals(PaperNames.BY_HAND)) {
      return account;
    }
    return new RefundFile.Account(
        names
            .open(target.getHolderToken())
            .map(ClearIdentity::name)
            .filter(name -> !name.isEmpty())
            .orElse(PaperNames.BY_HAND),
        account.number(),
        account.bank());
  }

  private MeasureFile.Kind kind(PaperDetail held) {
    return switch (held.getCode()) {
      case "100101" ->
          desk.cases().order(held.getAboutId()).filter(one -> one.getOwnStop() != null).isPresent()
              ? MeasureFile.Kind.STOP_LATE
              : MeasureFile.Kind.STOP;
      case "100105" -> MeasureFile.Kind.STOP_EXTENSION;
      case "100103" -> MeasureFile.Kind.STOP_LIFT;
      case "100201" -> MeasureFile.Kind.FREEZE;
      case "100203" ->
          held.getWords().equals(PaperTable.REST_OF_FREEZE)
              ? MeasureFile.Kind.FREEZE_LIFT_PART
              : MeasureFile.Kind.FREEZE_LIFT;
      case "100205" -> MeasureFile.Kind.FREEZE_RENEWAL;
      default ->
          held.getWords().startsWith("解除")
              ? MeasureFile.Kind.HOLD_LIFT
              : held.getAmountFen() > 0 ? MeasureFile.Kind.HOLD_PAYMENT : MeasureFile.Kind.HOLD;
    };
  }

  /** What the institution needs beside name and number, from what the paper is about. */
  private Map<String, String> facts(PaperDetail held, String caseId) {
    Map<String, String> facts = new LinkedHashMap<>();
    if (held.getAbout() == LifeKind.STOP_ORDER) {
      desk.cases().order(held.getAboutId()).ifPresent(order -> MeasureFacts.ofStop(facts, order));
      return facts;
    }
    Optional<Object> about =
        desk.cases().lives(caseId).stream()
            .filter(life -> life.getObjectId().equals(held.getAboutId()))
            .map(LifeTransition::getDetail)
            .findFirst();
    if (about.orElse(null) instanceof FreezeDetail freeze) {
      MeasureFacts.ofFreeze(facts, freeze, held.getAmountFen(), held.getTermMonths());
    } else if (about.orElse(null) instanceof VictimHoldDetail hold) {
      facts.put(PRINTED.t("paper.term"), PRINTED.t("sheet.days", hold.getDays()));
      if (held.getAmountFen() > 0) {
        facts.put(
            PRINTED.t("sheet.payment"), Yuan.figures(held.getAmountFen()) + PRINTED.t("yuan"));
      }
    }
    return facts;
  }
}
