package dev.zhifu.desk.acts;

import dev.zhifu.desk.acts.LifeOffer.Form;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.appeal.AppealEvent;
import dev.zhifu.rules.lives.appeal.AppealTable;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.cases.CaseEvent;
import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.desk.Rests;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.VictimHoldEvent;
import dev.zhifu.rules.lives.holds.VictimHoldState;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.paper.PaperEvent;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimHoldDetail;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may be done about the lives of a case, by the tables, the person's roles and what is known.
 */
public final class LifeOffers {
  /** Causes for which a case may be dismissed as false. */
  public static final List<String> DISMISSALS =
      List.of("OWN_ACCOUNTS", "KNOWN_PAYEE", "REAL_TRADE", "TEST", "MODEL_FP");

  /** Why a restriction was wrong; stop-orders counts them as wrong stops. */
  public static final List<String> CAUSES =
      List.of("WRONG_ACCOUNT", "NAME_COLLISION", "BONA_FIDE", "MODEL_FP", "STALE_HOP");

  /** Payments that a victim hold may let through; our own list, the table's. */
  public static final List<String> HARDSHIPS =
      List.of("MORTGAGE", "MEDICAL", "UTILITIES", "SCHOOL");

  /** Longest victim hold, days; our own, the table's. */
  public static final int HOLD_DAYS = (int) LegalTerms.VICTIM_HOLD.toDays();

  /** What only a reader of the law would ask for each case: shown with its reason when refused. */
  private static final Set<String> HEADLINES = Set.of("NO_FRAUD_FOUND", "FILED", "PROPOSED");

  /** A case beyond its filing: nobody needs to be told why it cannot be filed. */
  private static final Set<String> BEYOND_FILING =
      Set.of("FILED", "INVESTIGATING", "SOLVED", "CLOSED", "WITHDRAWN", "NOT_FILED");

  /** Their data come from pages of their own, or this desk has no form for them yet. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "DISPATCHED",
          // Its form stands with the freezes that wait for it.
          "REVIEWED",
          "NOT_REACHED",
          "CONVINCED",
          "REPORT_ACCEPTED",
          "FURTHER_REPORT_ACCEPTED",
          "LOSS_ENTERED",
          "APPEAL_UPHELD",
          "SUBMITTED",
          "PROPOSED");

  /** What forms bring along, so that only what the person cannot bring is said to hinder. */
  private static final List<String> LIKELY_DOCUMENTS =
      List.of("visit:…", PaperWork.RECEIPT + "…", PaperWork.ANSWER + "…");

  private static final Set<String> AMOUNTS = Set.of("VERIFIED_PART", "VERIFIED_ALL");

  /**
   * Term of a freeze unless the form says another, months: the longest that a county head gives.
   */
  public static final int TERM_MONTHS = LegalTerms.FREEZE;

  /** A freeze that came to nothing, or that has ended by law, may be followed by another. */
  private static final Set<FreezeState> AGAIN = Set.of(FreezeState.REJECTED, FreezeState.EXPIRED);

  private static final Set<FreezeState> RENEWABLE =
      FreezeTable.law().rows().stream()
          .filter(row -> row.event() == FreezeEvent.RENEWAL_ASKED)
          .flatMap(row -> row.from().stream())
          .collect(Collectors.toUnmodifiableSet());

  private static final int HOLD_ID = 32;
  private static final int EVENTS_MAX = 100;
  private static final int HITS_MAX = 20;

  private final Store store;
  private final LifeActDesk desk;
  private final String authority;

  /**
   * @param store where reviews lie
   * @param desk tries and asks
   * @param authority the police body whose desk this is
   */
  public LifeOffers(Store store, LifeActDesk desk, String authority) {
    this.store = store;
    this.desk = desk;
    this.authority = authority;
  }

  /**
   * What may be done about a case and all that belongs to it.
   *
   * @param orders its stop orders
   */
  public List<LifeOffer> of(String caseId, Person person, List<StopPaymentRequest> orders) {
    Set<Role> roles = LifeActDesk.rolesOf(person);
    if (roles.isEmpty()) {
      return List.of();
    }
    Instant now = desk.tickNow();
    CaseFile file = desk.trial().file(caseId, now);
    List<LifeOffer> offers = new ArrayList<>();
    LifeTransition life = file.get(caseId);
    if (file.all(LifeKind.RISK_HOLD).isEmpty()) {
      // A risk hold's file is no case: nothing is filed in it or dismissed.
      offersOf(offers, CaseTable.law(), file, life, person, now);
    }
    for (LifeTransition freeze : file.all(LifeKind.FREEZE)) {
      offersOf(offers, FreezeTable.law(), file, freeze, person, now);
    }
    for (LifeTransition appeal : file.all(LifeKind.APPEAL)) {
      offersOf(offers, AppealTable.law(), file, appeal, person, now);
    }
    for (LifeTransition hold : file.all(LifeKind.VICTIM_HOLD)) {
      offersOf(offers, VictimHoldTable.law(), file, hold, person, now);
    }
    for (LifeTransition paper : file.all(LifeKind.PAPER)) {
      offersOf(offers, PaperTable.law(), file, paper, person, now);
    }
    if (roles.contains(Role.DUTY_OFFICER)) {
      protection(caseId, person, file).ifPresent(offers::add);
    }
    if (roles.contains(Role.CASE_OFFICER)) {
      for (StopPaymentRequest order : orders) {
        if (convertible(file, order)) {
          offers.add(conversion(file, person, order));
        }
      }
    }
    return offers;
  }

  /** The police body whose desk this is, as papers name it. */
  public String authority() {
    return authority;
  }

  /**
   * A stop in force becomes a freeze, and one that has ended in a filed case (the money may still
   * be there); again when a freeze was refused or has ended, and not when it was released.
   */
  private static boolean convertible(CaseFile file, StopPaymentRequest order) {
    if (!Offer.inForce(order) && (order.getState() != OrderState.EXPIRED || !file.filed())) {
      return false;
    }
    int made = freezes(file, order);
    return made == 0 || mayBeFollowed(file, order, made - 1);
  }

  private static boolean mayBeFollowed(CaseFile file, StopPaymentRequest order, int before) {
    return AGAIN.contains(FreezeState.valueOf(file.get(freezeId(order, before)).getState()));
  }

  /** Freezes of a case that a stop order has been put forward for. */
  private static int freezes(CaseFile file, StopPaymentRequest order) {
    int made = 0;
    while (file.get(freezeId(order, made)) != null) {
      made++;
    }
    return made;
  }

  /** The first freeze that a stop order becomes. */
  public static String freezeId(StopPaymentRequest order) {
    return freezeId(order, 0);
  }

  /** One id for each freeze of an order in a case, so that pressing twice makes one. */
  private static String freezeId(StopPaymentRequest order, int before) {
    return "F-" + order.getOrderId().substring(0, 32) + (before == 0 ? "" : "-" + (before + 1));
  }

  /** A freeze that follows a refused one is another application. */
  private static String applicationId(StopPaymentRequest order, int before) {
    return EventIds.applicationId(
        Sha256.hex("freeze " + order.getOrderId() + (before == 0 ? "" : " " + (before + 1))));
  }

  /**
   * @param life the newest transition; null for a case that recovery has not told of
   */
  private <S extends Enum<S>, E extends Enum<E> & LifeEvent> void offersOf(
      List<LifeOffer> offers,
      LifeTable<S, E, ?, ?> table,
      CaseFile file,
      LifeTransition life,
      Person person,
      Instant now) {
    Set<Role> roles = LifeActDesk.rolesOf(person);
    LifeKind kind = life == null ? LifeKind.CASE : life.getKind();
    String state = life == null ? null : life.getState();
    String objectId = life == null ? file.caseId() : life.getObjectId();
    List<String> answers =
        kind == LifeKind.PAPER ? PaperWork.answers(file, life) : List.<String>of();
    List<String> seen = new ArrayList<>();
    for (Row<S, E, ?, ?> row : table.rows()) {
      String event = row.event().name();
      Optional<Role> role = row.roles().stream().filter(roles::contains).sorted().findFirst();
      boolean speaks =
          state != null && row.from().stream().anyMatch(from -> from.name().equals(state));
      boolean headline =
          kind == LifeKind.CASE
              && HEADLINES.contains(event)
              && !(state != null && BEYOND_FILING.contains(state));
      // Nobody need be told that an answered paper is not answered again.
      boolean again = event.equals(state) && kind == LifeKind.PAPER && answers.isEmpty();
      if (row.event().trigger() != Trigger.PERSON
          || role.isEmpty()
          || ELSEWHERE.contains(event)
          || seen.contains(event)
          || again
          || event.equals(FreezeEvent.RENEWAL_ASKED.name()) && !endsSoon(life, now)
          // Nobody need be told that nothing is to be lifted of a freeze that holds what it may.
          || event.equals(FreezeEvent.REST_RELEASE_SIGNED.name()) && !Rests.due(file, life)
          || !speaks && !headline) {
        continue;
      }
      seen.add(event);
      LifeDraft draft =
          LifeDraft.of(kind, file.caseId(), objectId, event, role.get(), likely(event))
              .with(LIKELY_DOCUMENTS);
      Long fen = fen(event, life);
      offers.add(
          new LifeOffer(
              kind,
              objectId,
              event,
              role.get(),
              row.event().words(),
              form(kind, event),
              event.equals(FreezeEvent.VERIFIED_ALL.name()) ? fen : null,
              answers,
              hindrances(draft.with(fen), life, answers, person, now)));
    }
  }

  private List<Hindrance> hindrances(
      LifeDraft draft, LifeTransition life, List<String> answers, Person person, Instant now) {
    if (draft.life() != LifeKind.PAPER || !draft.event().equals(PaperEvent.ANSWERED.name())) {
      return desk.hindrances(person, List.of(completed(draft, person, now)));
    }
    if (answers.isEmpty()) {
      return List.of(new Hindrance("NO_ANSWER_DUE", null, ""));
    }
    PaperDetail told =
        PaperDetail.newBuilder((PaperDetail) life.getDetail())
            .setAnswer(answers.get(0))
            .setStartTime(now)
            .build();
    return desk.hindrances(person, List.of(draft.with(told)));
  }

  /** The sum with which an act is tried: what is frozen where all of it is meant. */
  private static Long fen(String event, LifeTransition life) {
    if (event.equals(FreezeEvent.VERIFIED_PART.name())) {
      return 1L;
    }
    return event.equals(FreezeEvent.VERIFIED_ALL.name())
        ? Long.valueOf(((FreezeDetail) life.getDetail()).getFrozenFen())
        : null;
  }

  /** What the form will bring, so that only what the person cannot bring is said to hinder. */
  private static String likely(String event) {
    if (event.equals(VictimHoldEvent.HARDSHIP_ALLOWED.name())) {
      return HARDSHIPS.get(0);
    }
    if (event.equals(PaperEvent.ANSWERED.name())) {
      return PaperTable.FIELDS.get(0);
    }
    return event.equals(AppealEvent.UPHELD.name()) ? CAUSES.get(0) : "…";
  }

  private static Form form(LifeKind kind, String event) {
    if (kind == LifeKind.PAPER) {
      return switch (PaperEvent.valueOf(event)) {
        case PRINTED -> Form.PRESS;
        case SERVED -> Form.SERVICE;
        case ANSWERED -> Form.TYPED;
        default -> Form.REASON;
      };
    }
    if (AMOUNTS.contains(event)) {
      return Form.AMOUNT;
    }
    if (event.equals(CaseEvent.NO_FRAUD_FOUND.name())) {
      return Form.DISMISSAL;
    }
    if (event.equals(VictimHoldEvent.HARDSHIP_ALLOWED.name())) {
      return Form.PURPOSE;
    }
    if (event.equals(VictimHoldEvent.LIFT_DECIDED.name())) {
      return Form.VISIT;
    }
    if (kind == LifeKind.APPEAL && event.equals(AppealEvent.REJECTED.name())) {
      return Form.REJECTION;
    }
    return event.equals(AppealEvent.UPHELD.name()) ? Form.CAUSE : Form.REASON;
  }

  private LifeOffer conversion(CaseFile file, Person person, StopPaymentRequest order) {
    FreezeDetail detail =
        freeze(
            order,
            new FreezeForm(
                FreezeMode.AMOUNT,
                order.getTracedFen(),
                "…",
                true,
                "",
                false,
                "…",
                false,
                TERM_MONTHS,
                OrderChannel.PLATFORM));
    return new LifeOffer(
        LifeKind.FREEZE,
        order.getOrderId(),
        FreezeEvent.PROPOSED.name(),
        Role.CASE_OFFICER,
        FreezeEvent.PROPOSED.words(),
        Form.FREEZE,
        desk.hindrances(person, conversion(file, order, detail)));
  }

  /** A victim hold can be proposed while the victim and an account of the victim's are known. */
  private Optional<LifeOffer> protection(String caseId, Person person, CaseFile file) {
    Optional<AccountRef> account =
        ownAccounts(file).stream().filter(one -> running(file, one).isEmpty()).findFirst();
    return account.map(
        target -> {
          LifeDraft draft = hold(file, target, HOLD_DAYS, "…");
          return new LifeOffer(
              LifeKind.VICTIM_HOLD,
              draft.objectId(),
              draft.event(),
              draft.role(),
              VictimHoldEvent.PROPOSED.words(),
              Form.HOLD,
              desk.hindrances(person, List.of(draft)));
        });
  }

  /** The victim's own accounts of a case on which no hold runs, for the form of a victim hold. */
  public List<AccountRef> protectable(String caseId) {
    CaseFile file = desk.trial().file(caseId, desk.tickNow());
    return ownAccounts(file).stream().filter(one -> running(file, one).isEmpty()).toList();
  }

  /**
   * The proposal of a victim hold.
   *
   * @param accountToken one of {@link #protectable}
   * @param days term, days
   * @throws ActException when the account is none of the victim's or a hold runs on it
   */
  public LifeDraft hold(String caseId, String accountToken, int days, String reason) {
    CaseFile file = desk.trial().file(caseId, desk.tickNow());
    AccountRef target =
        ownAccounts(file).stream()
            .filter(one -> one.getAccountToken().equals(accountToken))
            .filter(one -> running(file, one).isEmpty())
            .findFirst()
            .orElseThrow(() -> new ActException("hold.notOwn"));
    return hold(file, target, days, reason);
  }

  private LifeDraft hold(CaseFile file, AccountRef target, int days, String reason) {
    // One id for each hold of an account in a case, so that pressing twice makes one.
    String objectId =
        "H-"
            + Sha256.hex(
                    file.caseId()
                        + "|"
                        + target.getAccountToken()
                        + "|"
                        + holds(file, target).size())
                .substring(0, HOLD_ID);
    return LifeDraft.of(
            LifeKind.VICTIM_HOLD,
            file.caseId(),
            objectId,
            VictimHoldEvent.PROPOSED.name(),
            Role.DUTY_OFFICER,
            reason)
        .with(
            VictimHoldDetail.newBuilder()
                .setTarget(target)
                .setVictim(victim(file).orElse(""))
                .setDays(days)
                .build());
  }

  private static Optional<String> victim(CaseFile file) {
    return Optional.ofNullable(file.get(file.caseId()))
        .filter(life -> life.getKind() == LifeKind.CASE)
        .map(life -> ((CaseDetail) life.getDetail()).getVictim())
        .filter(victim -> !victim.isEmpty());
  }

  private static List<LifeTransition> holds(CaseFile file, AccountRef target) {
    return file.all(LifeKind.VICTIM_HOLD).stream()
        .filter(
            life ->
                ((VictimHoldDetail) life.getDetail())
                    .getTarget()
                    .getAccountToken()
                    .equals(target.getAccountToken()))
        .toList();
  }

  private static Optional<LifeTransition> running(CaseFile file, AccountRef target) {
    return holds(file, target).stream()
        .filter(life -> !VictimHoldTable.law().terminal(VictimHoldState.valueOf(life.getState())))
        .findFirst();
  }

  /** Accounts that the likely victim paid from, as payments and reports say; the newest first. */
  private List<AccountRef> ownAccounts(CaseFile file) {
    Optional<String> victim = victim(file);
    if (victim.isEmpty()) {
      return List.of();
    }
    Map<String, AccountRef> own = new LinkedHashMap<>();
    store
        .jdbi()
        .useHandle(
            handle -> {
              handle
                  .createQuery(
                      "select body from seen.event where holder_token = ? and payer_account is not"
                          + " null order by occurred_at desc limit "
                          + EVENTS_MAX)
                  .bind(0, victim.get())
                  .mapTo(byte[].class)
                  .map(body -> Bodies.read(body, EnrichedEvent.class).getEvent())
                  .forEach(
                      event -> {
                        if (event instanceof BankTransaction moved) {
                          put(own, moved.getPayer(), victim.get());
                        }
                      });
              handle
                  .createQuery("select body from seen.report where holder_token = ? limit 20")
                  .bind(0, victim.get())
                  .mapTo(byte[].class)
                  .map(body -> Bodies.read(body, VictimReport.class))
                  .forEach(
                      report ->
                          report
                              .getTransfers()
                              .forEach(paid -> put(own, paid.getPayer(), victim.get())));
            });
    return List.copyOf(own.values());
  }

  private static void put(Map<String, AccountRef> own, AccountRef account, String victim) {
    if (account != null && victim.equals(account.getHolderToken())) {
      own.putIfAbsent(account.getAccountToken(), account);
    }
  }

  /** The two acts by which a stop order is put forward to become a freeze. */
  public List<LifeDraft> conversion(String caseId, StopPaymentRequest order, FreezeDetail detail) {
    return conversion(desk.trial().file(caseId, desk.tickNow()), order, detail);
  }

  private static List<LifeDraft> conversion(
      CaseFile file, StopPaymentRequest order, FreezeDetail detail) {
    int made = freezes(file, order);
    // The one that is under way is meant, unless it has come to nothing.
    int before = made > 0 && !mayBeFollowed(file, order, made - 1) ? made - 1 : made;
    LifeDraft proposed =
        LifeDraft.of(
                LifeKind.FREEZE,
                file.caseId(),
                freezeId(order, before),
                FreezeEvent.PROPOSED.name(),
                Role.CASE_OFFICER,
                "stop " + order.getOrderId().substring(0, 8))
            .with(
                FreezeDetail.newBuilder(detail)
                    .setApplicationId(applicationId(order, before))
                    .build());
    return List.of(
        proposed,
        LifeDraft.of(
            LifeKind.FREEZE,
            file.caseId(),
            freezeId(order, before),
            FreezeEvent.SUBMITTED.name(),
            Role.CASE_OFFICER,
            proposed.reason()));
  }

  /**
   * What the form of a freeze brings.
   *
   * @param fen amount asked; for a whole account the balance known
   * @param fruits whether it reaches interest
   * @param wholeReason reason and need of a whole account; else empty
   * @param goodFaith true when there are signs that nobody has answered
   * @param heard why the signs that a trace shows do not stand against it; empty where none are
   * @param related true when the account is a related one: it is verified within one month
   * @param months term
   * @param channel by platform, or on paper where there is none
   */
  public record FreezeForm(
      FreezeMode mode,
      long fen,
      String scope,
      boolean fruits,
      String wholeReason,
      boolean goodFaith,
      String heard,
      boolean related,
      int months,
      OrderChannel channel) {}

  /** Signs of good faith that the traces behind an order show and that must be answered. */
  public static List<GoodFaithSign> signs(StopPaymentRequest order) {
    return order.getGrounds().stream()
        .flatMap(ground -> ground.getGoodFaithSigns().stream())
        .filter(sign -> sign != GoodFaithSign.OTHERS_PAY)
        .distinct()
        .sorted()
        .toList();
  }

  /** True where only traces name the account: it stands behind the one that was reported. */
  public static boolean behind(StopPaymentRequest order) {
    return !order.getGrounds().isEmpty();
  }

  /** The first freeze that a stop order would become, of half a year at most. */
  public FreezeDetail freeze(
      StopPaymentRequest order,
      FreezeMode mode,
      long fen,
      String scope,
      boolean fruits,
      String wholeReason,
      boolean goodFaith,
      OrderChannel channel) {
    return freeze(
        order,
        new FreezeForm(
            mode, fen, scope, fruits, wholeReason, goodFaith, "", false, TERM_MONTHS, channel));
  }

  /** The freeze that a stop order would become. */
  public FreezeDetail freeze(StopPaymentRequest order, FreezeForm form) {
    return FreezeDetail.newBuilder()
        .setApplicationId(applicationId(order, 0))
        .setTarget(order.getTarget())
        .setAuthority(authority)
        .setChannel(form.channel)
        .setMode(form.mode)
        .setAmountFen(form.fen)
        .setWholeReason(form.wholeReason)
        .setRelated(form.related)
        .setTracedFen(order.getTracedFen())
        // The report's own transfer links the money; without a report nothing does.
        .setTraceId(
            order.getReportId() == null || order.getTracedFen() <= 0
                ? ""
                : order.getReportId() + ":" + order.getBankTransactionId())
        .setGoodFaithSigns(form.goodFaith || order.getTarget().getKind() == AccountKind.MERCHANT)
        .setGoodFaithHeard(form.heard)
        .setTermMonths(form.months)
        .setScope(form.scope)
        .setFruits(form.fruits)
        .build();
  }

  /** Adds what the table asks for and the desk knows: who reviewed, who decided, on what ground. */
  public LifeDraft completed(LifeDraft draft, Person person, Instant now) {
    LifeTransition life = desk.trial().file(draft.caseId(), now).get(draft.objectId());
    if (life == null) {
      return draft;
    }
    if (life.getDetail() instanceof FreezeDetail held) {
      if (draft.event().equals(FreezeEvent.RENEWAL_ASKED.name())) {
        return draft.with(FreezeDetail.newBuilder(held).setAuthority(authority).build());
      }
    }
    if (draft.event().equals(AppealEvent.CHECK_BEGUN.name())
        && life.getDetail() instanceof AppealDetail held) {
      return draft.with(evidence(held, life));
    }
    return draft;
  }

  /**
   * A paper's SERVED as its form brought it.
   *
   * @throws ActException when there is no such paper, or the form lacks something
   */
  public LifeDraft served(LifeDraft draft, PaperWork.Service typed) {
    return PaperWork.served(draft, (PaperDetail) paper(file(draft), draft).getDetail(), typed);
  }

  /**
   * A paper's ANSWERED as its form brought it.
   *
   * @throws ActException when there is no such paper, what it is about does not wait for this
   *     answer, or the form lacks something
   */
  public LifeDraft answered(LifeDraft draft, PaperWork.Answer typed) {
    CaseFile file = file(draft);
    LifeTransition paper = paper(file, draft);
    if (!PaperWork.answers(file, paper).contains(typed.event())) {
      throw new ActException("act.tables");
    }
    return PaperWork.answered(draft, (PaperDetail) paper.getDetail(), typed);
  }

  private CaseFile file(LifeDraft draft) {
    return desk.trial().file(draft.caseId(), desk.tickNow());
  }

  private static LifeTransition paper(CaseFile file, LifeDraft draft) {
    return Optional.ofNullable(file.get(draft.objectId()))
        .filter(life -> life.getKind() == LifeKind.PAPER)
        .orElseThrow(() -> new ActException("act.unknown"));
  }

  /** Who of the legal office has read a freeze for its next approval or renewal; empty before. */
  public static String reviewer(LifeTransition freeze) {
    FreezeDetail held = (FreezeDetail) freeze.getDetail();
    return held.getReviewedAt() == null ? "" : held.getReviewedBy();
  }

  /** Freezes of a case that end soon and that the legal office has not read for their renewal. */
  public List<LifeTransition> renewalsToReview(String caseId) {
    Instant now = desk.tickNow();
    return desk.trial().file(caseId, now).all(LifeKind.FREEZE).stream()
        .filter(life -> RENEWABLE.contains(FreezeState.valueOf(life.getState())))
        .filter(life -> endsSoon(life, now) && reviewer(life).isEmpty())
        .toList();
  }

  private static boolean endsSoon(LifeTransition freeze, Instant now) {
    Instant end = ((FreezeDetail) freeze.getDetail()).getExpiresAt();
    return end != null
        && now.isBefore(end)
        && !now.isBefore(end.minus(LegalTerms.RENEWAL_IN_SIGHT));
  }

  /**
   * Signs that a person of the legal office has read a freeze and has nothing against it.
   *
   * @throws ActException when the person is not of that office, or the tables do not allow it now
   */
  public void review(String caseId, String freezeId, Person person, String note) {
    desk.ask(
        person,
        List.of(
            LifeDraft.of(
                LifeKind.FREEZE,
                caseId,
                freezeId,
                FreezeEvent.REVIEWED.name(),
                Role.LEGAL_REVIEWER,
                note)),
        null,
        false);
  }

  private AppealDetail evidence(AppealDetail held, LifeTransition appeal) {
    return switch (held.getRestriction()) {
      case STOP_ORDER -> evidenceOfOrder(held);
      case RISK_HOLD -> evidenceOfHold(held, appeal);
      default -> evidenceOfLife(held);
    };
  }

  /**
   * No officer decided a risk hold: who took up the appeal against it answers for it, with what the
   * hold was asked for and the hits on its account.
   */
  private AppealDetail evidenceOfHold(AppealDetail held, LifeTransition appeal) {
    List<String> evidence = new ArrayList<>();
    store
        .jdbi()
        .useHandle(
            handle -> {
              handle
                  .createQuery(
                      "select body from seen.life_change where object_id = ? and sequence = 1")
                  .bind(0, held.getRestrictionId())
                  .mapTo(byte[].class)
                  .map(body -> Bodies.read(body, LifeTransition.class))
                  .forEach(asked -> evidence.add(asked.getEvent() + " " + asked.getReason()));
              handle
                  .createQuery(
                      "select rule_id || ' ' || hit_id from seen.hit where key_token = ? and holds"
                          + " order by occurred_at desc limit "
                          + HITS_MAX)
                  .bind(0, held.getAccountToken())
                  .mapTo(String.class)
                  .forEach(evidence::add);
            });
    return AppealDetail.newBuilder(held)
        .setDecidingOfficer(appeal.getActor())
        .setEvidence(evidence)
        .build();
  }

  /** Who approved a freeze or a hold, the acts that it stands on, and its trace. */
  private AppealDetail evidenceOfLife(AppealDetail held) {
    List<LifeTransition> steps =
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select body from seen.life_change where object_id = ? order by"
                                + " sequence limit 100")
                        .bind(0, held.getRestrictionId())
                        .mapTo(byte[].class)
                        .map(body -> Bodies.read(body, LifeTransition.class))
                        .list());
    List<String> evidence = new ArrayList<>();
    String officer = "";
    for (LifeTransition step : steps) {
      if (step.getEvent().equals(FreezeEvent.APPROVED.name())) {
        officer = step.getActor();
      }
      if (!step.getAuthorisation().isEmpty()) {
        evidence.add(step.getEvent() + " " + step.getAuthorisation());
      }
    }
    if (!steps.isEmpty()
        && steps.get(steps.size() - 1).getDetail() instanceof FreezeDetail freeze
        && !freeze.getTraceId().isBlank()) {
      evidence.add("TRACE " + freeze.getTraceId());
    }
    return AppealDetail.newBuilder(held).setDecidingOfficer(officer).setEvidence(evidence).build();
  }

  private AppealDetail evidenceOfOrder(AppealDetail held) {
    return store
        .jdbi()
        .withHandle(
            handle -> {
              String officer =
                  handle
                      .createQuery(
                          "select officer_id from seen.act where object_id = ? and kind ="
                              + " 'SIGN_ORDER' order by record_offset desc limit 1")
                      .bind(0, held.getRestrictionId())
                      .mapTo(String.class)
                      .findOne()
                      .orElse("");
              List<String> acts =
                  handle
                      .createQuery(
                          "select act_id || '#' || sha256 from seen.act where object_id = ? order"
                              + " by record_offset limit 20")
                      .bind(0, held.getRestrictionId())
                      .mapTo(String.class)
                      .list();
              return AppealDetail.newBuilder(held)
                  .setDecidingOfficer(officer)
                  .setEvidence(acts)
                  .build();
            });
  }
}
