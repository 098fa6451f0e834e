package dev.zhifu.desk.acts;

import dev.zhifu.desk.acts.RefundSheet.Hop;
import dev.zhifu.desk.acts.RefundSheet.Victim;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.refund.RefundEffect;
import dev.zhifu.rules.lives.refund.RefundEvent;
import dev.zhifu.rules.lives.refund.RefundFact;
import dev.zhifu.rules.lives.refund.RefundState;
import dev.zhifu.rules.lives.refund.RefundTable;
import dev.zhifu.rules.money.refund.PlanSums;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.rules.money.refund.RefundSteps;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.Referral;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.RefundWay;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceEnd;
import dev.zhifu.wire.TraceIn;
import dev.zhifu.wire.TraceOut;
import dev.zhifu.wire.TraceShare;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refunds at the desk: what the plan says, step by step, and the acts by which officers decide.
 * Sums are never typed: they are the plan's under the compensation that the officer states
 * (ADR-0122).
 */
public final class RefundWork {
  /** What a bank's paper about a refund can say. */
  public static final Set<String> ANSWERS =
      Set.of("BANK_EXAMINES", "BANK_ASKS_MORE", "BANK_ACCEPTS", "BANK_PAID", "CANNOT_RECEIVE");

  private static final Set<RefundState> OVER =
      EnumSet.of(
          RefundState.EXECUTED, RefundState.RESIDUE_HELD, RefundState.REJECTED, RefundState.CLOSED);

  /** Most lines of the list. */
  public static final int LISTED_MAX = RefundBook.FREEZES_MAX;

  private static final int ROUNDS_MAX = 50;
  private static final int ID = 32;
  private static final int CLAIMS_MAX = 500;

  private final RefundBook book;
  private final LifeActDesk desk;

  /**
   * @param store what topics have said
   * @param desk tries and asks
   */
  public RefundWork(Store store, LifeActDesk desk) {
    this.book = new RefundBook(store);
    this.desk = desk;
  }

  /**
   * What an officer has typed for an act.
   *
   * @param reason why, in words
   * @param documents numbers of documents, each with its kind in front
   * @param mode how the ratio is read
   * @param compensationFen received otherwise, by victim
   * @param accounts another account of the victim's own, token by victim
   * @param referrals where the victim was pointed to, by victim
   * @param ownershipClear true when ownership is clear and undisputed
   * @param everyHopProved true when each hop has serial, time and amount
   * @param byVictim true when it is a victim who objects, false for a holder
   */
  public record Typed(
      String reason,
      List<String> documents,
      RatioMode mode,
      Map<String, Long> compensationFen,
      Map<String, String> accounts,
      Map<String, Referral> referrals,
      boolean ownershipClear,
      boolean everyHopProved,
      boolean byVictim) {}

  /** A freeze has one refund case at a time: pressing twice opens one, after a refusal another. */
  static String refundId(String freezeId, int ordinal) {
    return "R-" + Sha256.hex("refund " + freezeId + " " + ordinal).substring(0, ID);
  }

  /** Ids of a freeze's refund cases, the refused ones first and the present or next one last. */
  private List<String> refundIds(String freezeId) {
    List<String> ids = new ArrayList<>();
    do {
      ids.add(refundId(freezeId, ids.size()));
    } while (ids.size() < ROUNDS_MAX
        && book.life(ids.get(ids.size() - 1))
            .filter(life -> life.getState().equals(RefundState.REJECTED.name()))
            .isPresent());
    return ids;
  }

  /** What is nearest to payment first, what is over last. */
  private static int rank(RefundSheet sheet) {
    if (sheet.refund() == null) {
      return 0;
    }
    RefundState state = RefundState.valueOf(sheet.refund().getState());
    return OVER.contains(state) ? 1 : -1 - state.ordinal();
  }

  /**
   * The list of refunds.
   *
   * @param sheets what is nearest to payment first
   * @param more true when there are more than {@link #LISTED_MAX}
   */
  public record Listed(List<RefundSheet> sheets, boolean more) {}

  /**
   * Confirmed freezes with their refund cases. A freeze whose refund is under way is there whatever
   * its age; the newest others fill the list.
   */
  public Listed all() {
    List<String> over = OVER.stream().map(Enum::name).toList();
    List<String> underWay =
        book.openRefunds(over).stream()
            .sorted(
                Comparator.comparing(
                    (LifeTransition refund) -> -RefundState.valueOf(refund.getState()).ordinal()))
            .map(refund -> ((RefundDetail) refund.getDetail()).getFreezeId())
            .distinct()
            .toList();
    Map<String, LifeTransition> freezes = new LinkedHashMap<>();
    book.lives(underWay.stream().limit(LISTED_MAX).toList())
        .forEach(freeze -> freezes.put(freeze.getObjectId(), freeze));
    book.freezes().forEach(freeze -> freezes.putIfAbsent(freeze.getObjectId(), freeze));
    List<RefundSheet> all =
        new ArrayList<>(freezes.values().stream().limit(LISTED_MAX).flatMap(this::listed).toList());
    all.sort(Comparator.comparing(RefundWork::rank));
    return new Listed(all, freezes.size() > LISTED_MAX || underWay.size() > LISTED_MAX);
  }

  /** One line of the list; none for a freeze that holds nothing and has no refund case. */
  private Stream<RefundSheet> listed(LifeTransition freeze) {
    List<String> ids = refundIds(freeze.getObjectId());
    String refundId = ids.get(ids.size() - 1);
    LifeTransition refund = book.life(refundId).orElse(null);
    RefundPlan plan = book.plan(freeze.getObjectId()).orElse(null);
    long frozen = RefundBook.frozenFen(freeze);
    return refund == null && frozen == 0
        ? Stream.empty()
        : Stream.of(
            new RefundSheet(
                freeze, refundId, refund, plan, frozen, frozen, Map.of(), List.of(), List.of(),
                List.of(), List.of(), List.of()));
  }

  /**
   * All about one freeze, by the compensation that the plan knows.
   *
   * @return empty when recovery knows no such freeze
   */
  public Optional<RefundSheet> sheet(String freezeId) {
    return sheet(freezeId, Map.of());
  }

  /**
   * The same with other compensation.
   *
   * @param compensationFen stated by the officer, by victim; the plan's where nothing is stated
   */
  public Optional<RefundSheet> sheet(String freezeId, Map<String, Long> compensationFen) {
    return book.life(freezeId)
        .filter(life -> life.getKind() == LifeKind.FREEZE)
        .map(freeze -> sheet(freeze, compensationFen));
  }

  private RefundSheet sheet(LifeTransition freeze, Map<String, Long> compensationFen) {
    CaseFile file = desk.trial().file(freeze.getCaseId(), desk.tickNow());
    RefundPlan plan = book.plan(freeze.getObjectId()).orElse(null);
    List<String> ids = refundIds(freeze.getObjectId());
    String refundId = ids.get(ids.size() - 1);
    long frozen = RefundBook.frozenFen(freeze);
    long inCase = RefundBook.frozenInCaseFen(file);
    Map<RatioMode, RefundSteps> steps = new EnumMap<>(RatioMode.class);
    List<Victim> victims = new ArrayList<>();
    List<Hop> hops = new ArrayList<>();
    if (plan != null) {
      Map<String, Long> received = PlanSums.compensations(plan);
      received.putAll(compensationFen);
      for (RatioMode mode : RatioMode.values()) {
        RefundSteps.of(plan, mode, received, frozen, inCase)
            .ifPresent(found -> steps.put(mode, found));
      }
      Map<String, String> victimOf = new LinkedHashMap<>();
      plan.getVictims()
          .forEach(one -> one.getClaims().forEach(claim -> victimOf.put(claim, one.getVictim())));
      List<TraceCase> traced = book.traced(victimOf.keySet().stream().limit(CLAIMS_MAX).toList());
      for (RefundVictim victim : plan.getVictims()) {
        victims.add(victim(victim, plan.getAccount().getAccountToken(), traced));
      }
      traced.forEach(stated -> hops(hops, victimOf.get(stated.getClaim()), stated));
      hops.sort(
          Comparator.comparing((Hop hop) -> hop.edge().getOccurredAt())
              .thenComparing(Hop::level)
              .thenComparing(hop -> hop.edge().getTransferId()));
    }
    return new RefundSheet(
        freeze,
        refundId,
        file.get(refundId),
        plan,
        frozen,
        inCase,
        steps,
        victims,
        hops,
        ids.stream().flatMap(id -> book.steps(id).stream()).toList(),
        ids.stream().flatMap(id -> book.notices(id).stream()).toList(),
        ids.stream().flatMap(id -> book.alarms(id).stream()).toList());
  }

  private Victim victim(RefundVictim of, String account, List<TraceCase> traced) {
    List<TraceShare> there =
        traced.stream()
            .filter(
                stated ->
                    of.getClaims().contains(stated.getClaim())
                        && stated.getAccount().getAccount().getAccountToken().equals(account))
            .map(stated -> stated.getAccount().getRemaining())
            .toList();
    return new Victim(
        of,
        there.isEmpty() ? -1 : there.stream().mapToLong(TraceShare::getLowFen).sum(),
        there.stream().mapToLong(TraceShare::getHighFen).sum(),
        there.stream().flatMap(share -> share.getFifo().stream()).mapToLong(Long::longValue).sum(),
        there.stream()
            .flatMap(share -> share.getProRata().stream())
            .mapToLong(Long::longValue)
            .sum(),
        of.getClaims().stream()
            .map(book::paidFrom)
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(null),
        book.file(of.getVictim()).orElse(null));
  }

  private static void hops(List<Hop> hops, String victim, TraceCase stated) {
    for (TraceIn in : stated.getAccount().getInflows()) {
      if (in.getLoss()) {
        long fen = in.getEdge().getAmountFen();
        hops.add(new Hop(victim, 1, in.getEdge(), fen, fen, TraceEnd.FOLLOWED));
      }
    }
    for (TraceOut out : stated.getAccount().getOutflows()) {
      // What leaves the victim's own account is the loss, which its receiver has stated.
      if (stated.getAccount().getLevel() > 0) {
        hops.add(
            new Hop(
                victim,
                stated.getAccount().getLevel() + 1,
                out.getEdge(),
                out.getShare().getLowFen(),
                out.getShare().getHighFen(),
                out.getEnd()));
      }
    }
  }

  /** What may be done about a refund, by the table, the plan and the person's roles. */
  public List<LifeOffer> offers(RefundSheet sheet, Person person) {
    Set<Role> roles = LifeActDesk.rolesOf(person);
    List<LifeOffer> offers = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (Row<RefundState, RefundEvent, RefundFact, RefundEffect> row : RefundTable.law().rows()) {
      RefundEvent event = row.event();
      boolean speaks =
          sheet.refund() == null
              ? event == RefundEvent.OPENED
              : row.from().stream().anyMatch(from -> from.name().equals(sheet.state()));
      boolean ours =
          event.trigger() == Trigger.PERSON
              || event == RefundEvent.OBJECTED
              || ANSWERS.contains(event.name());
      Optional<Role> role = row.roles().stream().filter(roles::contains).sorted().findFirst();
      if (!ours || !speaks || role.isEmpty() || seen.contains(event.name())) {
        continue;
      }
      seen.add(event.name());
      offers.add(
          new LifeOffer(
              LifeKind.REFUND,
              sheet.refundId(),
              event.name(),
              role.get(),
              event.words(),
              ANSWERS.contains(event.name()) ? LifeOffer.Form.ANSWER : LifeOffer.Form.REASON,
              desk.hindrances(
                  person, List.of(draft(sheet, event.name(), role.get(), likely(sheet))))));
    }
    return offers;
  }

  /** What the form will bring, so that only what the person cannot bring is said to hinder. */
  private Typed likely(RefundSheet sheet) {
    Map<String, String> accounts = new HashMap<>();
    sheet
        .victims()
        .forEach(
            victim -> {
              if (victim.account() == null) {
                accounts.put(victim.of().getVictim(), "typed");
              }
            });
    return new Typed(
        "…",
        List.of("id:…", "publication:…", "notice:…", "ruling:…"),
        sheet.steps().containsKey(RatioMode.NORMALISED) ? RatioMode.NORMALISED : RatioMode.LITERAL,
        Map.of(),
        accounts,
        Map.of(),
        true,
        true,
        true);
  }

  /**
   * Asks for an act about a refund.
   *
   * @param event event of its table
   * @param typed what the form brought
   * @throws ActException when it is not offered to the person, or something is missing
   */
  public String ask(RefundSheet sheet, Person person, String event, Typed typed) {
    LifeOffer offer =
        offers(sheet, person).stream()
            .filter(one -> one.event().equals(event))
            .findFirst()
            .orElseThrow(() -> LifeActDesk.notOffered(LifeKind.REFUND, event, person));
    if (typed.reason().isBlank()) {
      throw new ActException("act.reason");
    }
    Role role =
        event.equals(RefundEvent.OBJECTED.name())
            ? typed.byVictim() ? Role.VICTIM : Role.HOLDER
            : offer.role();
    LifeDraft draft = draft(sheet, event, role, typed);
    return desk.ask(person, List.of(draft), null, draft.needsTwo());
  }

  private LifeDraft draft(RefundSheet sheet, String event, Role role, Typed typed) {
    LifeDraft draft =
        LifeDraft.of(LifeKind.REFUND, sheet.caseId(), sheet.refundId(), event, role, typed.reason())
            .with(typed.documents());
    return switch (event) {
      case "OPENED" -> draft.with(detail(sheet).build());
      case "FLOW_TABLE_BUILT" ->
          draft.with(detail(sheet).setEveryHopProved(typed.everyHopProved()).build());
      case "FOUND_SINGLE" -> draft.with(detail(sheet).setCredits(credits(sheet)).build());
      case "FOUND_BY_TIMESTAMP" ->
          draft.with(
              detail(sheet)
                  .setTimestampsDecide(
                      sheet.plan() != null && sheet.plan().getWay() == RefundWay.TIMESTAMP)
                  .build());
      case "PREPARED" ->
          draft.with(
              detail(sheet)
                  .setOwnershipClear(typed.ownershipClear())
                  .setShares(shares(sheet, typed))
                  .build());
      case "OTHER_ACCOUNT_NAMED" ->
          draft.with(detail(sheet).setShares(otherAccounts(sheet, typed)).build());
      case "BANK_PAID" -> draft.with(dueFen(sheet));
      default -> draft;
    };
  }

  private static RefundDetail.Builder detail(RefundSheet sheet) {
    return RefundDetail.newBuilder().setFreezeId(sheet.freeze().getObjectId()).setShares(List.of());
  }

  private static Integer credits(RefundSheet sheet) {
    return sheet.plan() == null ? null : sheet.plan().getExamined().getCredits();
  }

  /** What the decided list asks the bank to pay, fen: its receipt must say the same. */
  private static Long dueFen(RefundSheet sheet) {
    return sheet.detail() == null
        ? 0L
        : sheet.detail().getShares().stream().mapToLong(RefundShare::getRefundFen).sum();
  }

  private List<RefundShare> shares(RefundSheet sheet, Typed typed) {
    RefundSteps steps = null;
    if (sheet.plan() != null) {
      Map<String, Long> received = PlanSums.compensations(sheet.plan());
      received.putAll(typed.compensationFen());
      steps =
          RefundSteps.of(
                  sheet.plan(), typed.mode(), received, sheet.frozenFen(), sheet.frozenInCaseFen())
              .orElse(null);
    }
    if (steps == null) {
      return List.of();
    }
    List<RefundShare> shares = new ArrayList<>();
    for (RefundSteps.Line line : steps.lines()) {
      Victim victim =
          sheet.victims().stream()
              .filter(one -> one.of().getVictim().equals(line.victim()))
              .findFirst()
              .orElseThrow();
      Payee payee = payee(victim, typed.accounts().get(line.victim()));
      shares.add(
          RefundShare.newBuilder()
              .setVictim(line.victim())
              .setAccountToken(payee.token)
              .setAccountHolder(payee.holder)
              .setLossFen(line.lossFen())
              .setTracedFen(line.tracedFen())
              .setCompensationFen(line.compensationFen())
              .setRefundFen(line.refundFen())
              .setReferrals(
                  typed.referrals().containsKey(line.victim())
                      ? List.of(typed.referrals().get(line.victim()))
                      : List.of())
              .build());
    }
    return shares;
  }

  private record Payee(String token, String holder) {}

  /**
   * The account that takes a refund. Whose a typed one is, payments from it say; where none was
   * seen the officer states that it is the victim's, and the bank checks (docs/refunds.md).
   */
  private Payee payee(Victim victim, String typed) {
    AccountRef known = victim.account();
    String whose = victim.of().getVictim();
    if (typed != null) {
      return new Payee(typed, book.holderOf(typed).orElse(whose));
    }
    if (known == null) {
      throw new ActException("refund.noAccount");
    }
    return new Payee(
        known.getAccountToken(), known.getHolderToken() == null ? whose : known.getHolderToken());
  }

  private List<RefundShare> otherAccounts(RefundSheet sheet, Typed typed) {
    List<RefundShare> shares = new ArrayList<>();
    for (RefundShare held :
        sheet.detail() == null ? List.<RefundShare>of() : sheet.detail().getShares()) {
      String other = typed.accounts().get(held.getVictim());
      RefundShare next = RefundShare.newBuilder(held).build();
      if (other != null && !other.equals("typed")) {
        next.setAccountToken(other);
        next.setAccountHolder(book.holderOf(other).orElse(held.getVictim()));
      }
      shares.add(next);
    }
    return shares;
  }

  /** Acts about a refund, the newest first, as they stand now. */
  public List<Act> acts(RefundSheet sheet) {
    return desk.about(List.of(sheet.refundId()));
  }

  /** The newest tick. */
  public Instant tick() {
    return desk.tickNow();
  }
}
