package dev.zhifu.stack.demo;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.refund.RefundEvent;
import dev.zhifu.rules.money.refund.PlanSums;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.rules.money.refund.RefundSteps;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the demo's office signs, with the data that the desk's forms bring (docs/desk.md): the same
 * ids, sums by the ledger's plan, each act with its own person's DEMO key.
 */
final class OfficeActs {
  /** The case officer. */
  static final String CASE_OFFICER = "officer-2";

  /** Who goes along where two are needed. */
  static final String SECOND = "officer-3";

  private static final String HEAD = DemoKeys.AUTHORISER;

  /** As the demo's desk names its police body. */
  private static final String AUTHORITY = "市反诈中心";

  private static final String REASON = "demo office";
  private static final int ID = 32;

  private final Map<String, AccountRef> paidFrom = new HashMap<>();

  void report(VictimReport report) {
    report.getTransfers().stream()
        .findFirst()
        .ifPresent(loss -> paidFrom.put(report.getReportId(), loss.getPayer()));
  }

  /** The id under which recovery names what it was told as a cause. */
  static String idOf(SpecificRecord record) {
    return record instanceof RecoveryAct act
        ? act.getActId()
        : ((ChannelAnswer) record).getAnswerId();
  }

  static RefundDetail refund(LifeTransition life) {
    return (RefundDetail) life.getDetail();
  }

  private static FreezeDetail frozen(LifeTransition life) {
    return (FreezeDetail) life.getDetail();
  }

  /** The county head files the case (立案). */
  RecoveryAct filed(LifeTransition life, Instant now) {
    return signed(about(life, "FILED", Role.COUNTY_HEAD, now));
  }

  /** A stop is put forward to become a freeze of {@code fen}: two acts of one press. */
  List<SpecificRecord> freeze(StopPaymentRequest order, String caseId, long fen, Instant now) {
    String freezeId = "F-" + order.getOrderId().substring(0, ID);
    FreezeDetail detail =
        FreezeDetail.newBuilder()
            .setApplicationId(EventIds.applicationId(Sha256.hex("freeze " + order.getOrderId())))
            .setTarget(order.getTarget())
            .setAuthority(AUTHORITY)
            .setChannel(OrderChannel.PLATFORM)
            .setMode(FreezeMode.AMOUNT)
            .setAmountFen(fen)
            .setTracedFen(order.getTracedFen())
            .setTraceId(order.getReportId() + ":" + order.getBankTransactionId())
            .setTermMonths(LegalTerms.FREEZE)
            .setScope("account balance up to the amount")
            .setFruits(true)
            .build();
    return List.of(
        signed(
            act(LifeKind.FREEZE, caseId, freezeId, "PROPOSED", Role.CASE_OFFICER, now)
                .setDetail(bytes(detail))),
        signed(act(LifeKind.FREEZE, caseId, freezeId, "SUBMITTED", Role.CASE_OFFICER, now)));
  }

  /** A step of a freeze that brings no sum. */
  RecoveryAct freeze(LifeTransition life, String event, Instant now) {
    Role role =
        switch (FreezeEvent.valueOf(event)) {
          case SENT -> Role.CASE_OFFICER;
          case REVIEWED -> Role.LEGAL_REVIEWER;
          default -> Role.COUNTY_HEAD;
        };
    RecoveryAct.Builder act = about(life, event, role, now);
    if (event.equals(FreezeEvent.APPROVED.name())) {
      act.setDetail(bytes(frozen(life)));
    }
    return signed(act);
  }

  /**
   * What is found to be victims' money of what is frozen; none of it, and the freeze was of an
   * account that has nothing to do with them.
   *
   * @param fen what the plan returns
   */
  RecoveryAct verified(LifeTransition life, long fen, Instant now) {
    FreezeEvent event =
        fen >= frozen(life).getFrozenFen()
            ? FreezeEvent.VERIFIED_ALL
            : fen > 0 ? FreezeEvent.VERIFIED_PART : FreezeEvent.FOUND_UNRELATED;
    RecoveryAct.Builder act = about(life, event.name(), Role.CASE_OFFICER, now);
    return signed(event == FreezeEvent.FOUND_UNRELATED ? act : act.setAmountFen(fen));
  }

  /** A refund case for a freeze. */
  RecoveryAct opened(LifeTransition freeze, RefundPlan plan, Instant now) {
    String refundId = "R-" + Sha256.hex("refund " + freeze.getObjectId() + " 0").substring(0, ID);
    List<String> identities = new ArrayList<>();
    plan.getVictims().forEach(victim -> victim.getClaims().forEach(c -> identities.add("id:" + c)));
    return signed(
        act(
                LifeKind.REFUND,
                freeze.getCaseId(),
                refundId,
                RefundEvent.OPENED.name(),
                Role.CASE_OFFICER,
                now)
            .setDocuments(identities)
            .setDetail(bytes(detail(freeze.getObjectId()).build())));
  }

  /** The way of art. 8 that the ledger has found. */
  RecoveryAct found(LifeTransition life, RefundPlan plan, Instant now) {
    RefundDetail.Builder detail = detail(refund(life).getFreezeId());
    RefundEvent event =
        switch (plan.getWay()) {
          case SINGLE -> {
            detail.setCredits(plan.getExamined().getCredits());
            yield RefundEvent.FOUND_SINGLE;
          }
          case TIMESTAMP -> {
            detail.setTimestampsDecide(true);
            yield RefundEvent.FOUND_BY_TIMESTAMP;
          }
          case PRORATA -> RefundEvent.FOUND_PRORATA;
        };
    return signed(
        about(life, event.name(), Role.CASE_OFFICER, now).setDetail(bytes(detail.build())));
  }

  /** The list of payments by the plan; empty when a victim's account is not known. */
  Optional<RecoveryAct> prepared(
      LifeTransition life, LifeTransition freeze, RefundPlan plan, Instant now) {
    Optional<RefundSteps> steps =
        RefundSteps.of(
            plan,
            RatioMode.NORMALISED,
            PlanSums.compensations(plan),
            frozen(freeze).getFrozenFen(),
            plan.getFrozenInCaseFen());
    List<RefundShare> shares = new ArrayList<>();
    for (RefundSteps.Line line : steps.map(RefundSteps::lines).orElse(List.of())) {
      AccountRef own = account(plan, line.victim());
      if (own == null) {
        return Optional.empty();
      }
      shares.add(
          RefundShare.newBuilder()
              .setVictim(line.victim())
              .setAccountToken(own.getAccountToken())
              .setAccountHolder(own.getHolderToken() == null ? line.victim() : own.getHolderToken())
              .setLossFen(line.lossFen())
              .setTracedFen(line.tracedFen())
              .setCompensationFen(line.compensationFen())
              .setRefundFen(line.refundFen())
              .build());
    }
    return shares.isEmpty()
        ? Optional.empty()
        : Optional.of(
            signed(
                about(life, RefundEvent.PREPARED.name(), Role.CASE_OFFICER, now)
                    .setSecondOfficerId(SECOND)
                    .setDetail(
                        bytes(
                            detail(refund(life).getFreezeId())
                                .setOwnershipClear(true)
                                .setShares(shares)
                                .build()))));
  }

  private AccountRef account(RefundPlan plan, String victim) {
    return plan.getVictims().stream()
        .filter(one -> one.getVictim().equals(victim))
        .map(RefundVictim::getClaims)
        .flatMap(List::stream)
        .map(paidFrom::get)
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Any other step of a refund. */
  RecoveryAct refund(LifeTransition life, String event, Instant now) {
    RecoveryAct.Builder act =
        about(
            life,
            event,
            event.equals(RefundEvent.APPROVED.name()) ? Role.COUNTY_HEAD : Role.CASE_OFFICER,
            now);
    switch (RefundEvent.valueOf(event)) {
      case FLOW_TABLE_BUILT ->
          act.setDetail(bytes(detail(refund(life).getFreezeId()).setEveryHopProved(true).build()));
      case PUBLISHED -> act.setDocuments(List.of("publication:demo-" + life.getObjectId()));
      case SERVED ->
          act.setSecondOfficerId(SECOND).setDocuments(List.of("notice:demo-" + life.getObjectId()));
      default -> {
        // The others bring nothing along.
      }
    }
    return signed(act);
  }

  /** The bank's word about a refund, which comes on paper and is typed in. */
  ChannelAnswer answer(LifeTransition life, LifeTransition freeze, String event, Instant now) {
    long due = refund(life).getShares().stream().mapToLong(RefundShare::getRefundFen).sum();
    return ChannelAnswer.newBuilder()
        .setAnswerId(id(life.getObjectId(), event))
        .setCode("")
        .setChannel(OrderChannel.PAPER)
        .setKind(LifeKind.REFUND)
        .setObjectId(life.getObjectId())
        .setCaseId(life.getCaseId())
        .setApplicationId(frozen(freeze).getApplicationId())
        .setBank(frozen(freeze).getTarget().getBank())
        .setEvent(event)
        .setAmountFen(event.equals(RefundEvent.BANK_PAID.name()) ? due : 0)
        .setAt(now)
        .setDocumentNumber("demo-" + life.getObjectId())
        .setRemark(REASON)
        .build();
  }

  /** A step of the paper that asks for a part of a freeze. */
  RecoveryAct paper(LifeTransition life, String event, Instant now) {
    RecoveryAct.Builder act = about(life, event, Role.CASE_OFFICER, now);
    switch (event) {
      case "SERVED" ->
          act.setSecondOfficerId(SECOND)
              .setDocuments(List.of("receipt:demo", "to:demo", "at:" + now, "desk:demo"));
      case "ANSWERED" ->
          act.setDocuments(List.of("answer:demo"))
              .setDetail(
                  bytes(
                      PaperDetail.newBuilder((PaperDetail) life.getDetail())
                          .setAnswer(FreezeEvent.REST_LIFTED.name())
                          .build()));
      default -> {
        // Printing brings nothing along.
      }
    }
    return signed(act);
  }

  private static RefundDetail.Builder detail(String freezeId) {
    return RefundDetail.newBuilder().setFreezeId(freezeId).setShares(List.of());
  }

  private static RecoveryAct.Builder about(
      LifeTransition life, String event, Role role, Instant now) {
    return act(life.getKind(), life.getCaseId(), life.getObjectId(), event, role, now);
  }

  private static RecoveryAct.Builder act(
      LifeKind kind, String caseId, String objectId, String event, Role role, Instant now) {
    return RecoveryAct.newBuilder()
        .setActId(id(objectId, event))
        .setKind(kind)
        .setCaseId(caseId)
        .setObjectId(objectId)
        .setEvent(event)
        .setOfficerId(officer(role))
        .setRole(role.name())
        .setAt(now)
        .setReason(REASON)
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0));
  }

  private static String officer(Role role) {
    return switch (role) {
      case COUNTY_HEAD -> HEAD;
      case LEGAL_REVIEWER -> DemoKeys.LEGAL;
      default -> CASE_OFFICER;
    };
  }

  private static String id(String objectId, String event) {
    return "office-" + objectId + "-" + event;
  }

  private static RecoveryAct signed(RecoveryAct.Builder draft) {
    RecoveryAct act = draft.build();
    return Signatures.sign(act, DemoKeys.person(act.getOfficerId()));
  }

  /** As it is signed and carried: Avro single-object encoding. */
  private static ByteBuffer bytes(SpecificRecord detail) {
    try {
      if (detail instanceof FreezeDetail freeze) {
        return freeze.toByteBuffer();
      }
      return detail instanceof PaperDetail paper
          ? paper.toByteBuffer()
          : ((RefundDetail) detail).toByteBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
