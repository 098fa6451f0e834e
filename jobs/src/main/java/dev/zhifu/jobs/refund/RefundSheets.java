package dev.zhifu.jobs.refund;

import dev.zhifu.rules.lives.refund.RefundState;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.Referral;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundNotice;
import dev.zhifu.wire.RefundPayment;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.wire.VictimPart;
import dev.zhifu.wire.VictimStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Notices to banks and victims' files. Pure: a file is never changed, a newer one is made. */
final class RefundSheets {
  /** Sums have not been decided yet. */
  private static final Set<RefundState> BEFORE_SUMS =
      EnumSet.of(
          RefundState.OPENED,
          RefundState.TRACED,
          RefundState.SINGLE,
          RefundState.TIMESTAMP,
          RefundState.PRORATA,
          RefundState.NOTICE,
          RefundState.OBJECTION);

  private RefundSheets() {}

  /** What the bank is asked for by a transition that serves, completes or corrects the notice. */
  static RefundNotice notice(LifeTransition refund, LifeTransition freeze) {
    RefundDetail detail = (RefundDetail) refund.getDetail();
    FreezeDetail frozen = (FreezeDetail) freeze.getDetail();
    List<RefundPayment> payments =
        detail.getShares().stream()
            .filter(share -> share.getRefundFen() > 0)
            .map(
                share ->
                    new RefundPayment(
                        share.getVictim(), share.getAccountToken(), share.getRefundFen()))
            .toList();
    List<String> officers = new ArrayList<>(List.of(refund.getActor()));
    if (refund.getSecondActor() != null) {
      officers.add(refund.getSecondActor());
    }
    return RefundNotice.newBuilder()
        .setNoticeId(refund.getObjectId() + ':' + refund.getSequence())
        .setRefundId(refund.getObjectId())
        .setFreezeId(freeze.getObjectId())
        .setCaseId(refund.getCaseId())
        .setApplicationId(frozen.getApplicationId())
        .setAccount(frozen.getTarget())
        .setPayments(payments)
        .setSumFen(payments.stream().mapToLong(RefundPayment::getAmountFen).sum())
        .setOfficers(officers)
        .setDocuments(refund.getDocuments())
        .setAuthorisation(refund.getAuthorisation())
        .setTickAt(refund.getTickAt())
        .build();
  }

  /** A victim of whom nothing is known. */
  static VictimFile fresh(String victim) {
    return VictimFile.newBuilder()
        .setVictim(victim)
        .setClaims(List.of())
        .setStatus(VictimStatus.REPORTED)
        .setLossFen(0)
        .setOpenFen(0)
        .build();
  }

  /** With one more accepted report. */
  static VictimFile reported(VictimFile before, String claim, long lossFen) {
    VictimFile now = VictimFile.newBuilder(before).build();
    Set<String> claims = new TreeSet<>(before.getClaims());
    claims.add(claim);
    now.setClaims(new ArrayList<>(claims));
    now.setLossFen(Math.addExact(before.getLossFen(), lossFen));
    return summed(now);
  }

  /** With one more payment out of a freeze. */
  static VictimFile paid(VictimFile before, String freezeId, long fen) {
    VictimFile now = VictimFile.newBuilder(before).build();
    VictimPart part =
        of(before, freezeId)
            .map(known -> VictimPart.newBuilder(known).build())
            .orElseGet(() -> VictimPart.newBuilder().setFreezeId(freezeId).setTracedFen(0).build());
    part.setRefundedFen(Math.addExact(part.getRefundedFen(), fen));
    now.setParts(with(before, freezeId, part));
    now.setRefundedFen(Math.addExact(before.getRefundedFen(), fen));
    return summed(now);
  }

  /**
   * With what a plan and its refund case say.
   *
   * @param refund newest transition of the refund case; null before one is opened
   * @param share the victim's share in it; null when there is none
   */
  static VictimFile part(
      VictimFile before, RefundPlan plan, LifeTransition refund, RefundShare share) {
    VictimFile now = VictimFile.newBuilder(before).build();
    Optional<RefundVictim> planned =
        plan.getVictims().stream()
            .filter(one -> one.getVictim().equals(before.getVictim()))
            .findFirst();
    long refunded = refundedFen(before, plan.getFreezeId());
    VictimPart part =
        planned.isEmpty() && refunded == 0
            ? null
            : VictimPart.newBuilder()
                .setFreezeId(plan.getFreezeId())
                .setRefundId(refund == null ? "" : refund.getObjectId())
                .setState(refund == null ? "" : refund.getState())
                .setTracedFen(planned.map(RefundVictim::getTracedFen).orElse(0L))
                .setRefundedFen(refunded)
                .build();
    now.setParts(with(before, plan.getFreezeId(), part));
    if (share != null) {
      Set<Referral> referrals = EnumSet.noneOf(Referral.class);
      referrals.addAll(before.getReferrals());
      referrals.addAll(share.getReferrals());
      referrals.remove(Referral.NONE);
      now.setReferrals(new ArrayList<>(referrals));
      now.setCompensationFen(Math.max(before.getCompensationFen(), share.getCompensationFen()));
    }
    return summed(now);
  }

  /** Returned to a victim out of one freeze, fen. */
  static long refundedFen(VictimFile file, String freezeId) {
    return of(file, freezeId).map(VictimPart::getRefundedFen).orElse(0L);
  }

  private static Optional<VictimPart> of(VictimFile file, String freezeId) {
    return file.getParts().stream().filter(one -> one.getFreezeId().equals(freezeId)).findFirst();
  }

  private static List<VictimPart> with(VictimFile file, String freezeId, VictimPart part) {
    List<VictimPart> parts = new ArrayList<>(file.getParts());
    parts.removeIf(one -> one.getFreezeId().equals(freezeId));
    if (part != null) {
      parts.add(part);
    }
    parts.sort(Comparator.comparing(VictimPart::getFreezeId));
    return parts;
  }

  private static VictimFile summed(VictimFile file) {
    file.setOpenFen(
        Math.max(0, file.getLossFen() - file.getCompensationFen() - file.getRefundedFen()));
    file.setStatus(status(file));
    file.setReferralDue(
        file.getOpenFen() > 0 && file.getReferrals().isEmpty() && sumsDecided(file));
    return file;
  }

  private static boolean sumsDecided(VictimFile file) {
    return file.getParts().stream()
        .filter(part -> !part.getState().isEmpty())
        .anyMatch(part -> !BEFORE_SUMS.contains(RefundState.valueOf(part.getState())));
  }

  private static VictimStatus status(VictimFile file) {
    if (file.getRefundedFen() > 0) {
      return file.getOpenFen() == 0 ? VictimStatus.PAID : VictimStatus.PAID_IN_PART;
    }
    VictimStatus status = VictimStatus.REPORTED;
    for (VictimPart part : file.getParts()) {
      VictimStatus of =
          part.getState().isEmpty()
              ? VictimStatus.FROZEN
              : part.getState().equals(RefundState.REJECTED.name())
                  ? VictimStatus.REFUSED
                  : VictimStatus.IN_PROCEDURE;
      status = of.compareTo(status) > 0 ? of : status;
    }
    return status;
  }
}
