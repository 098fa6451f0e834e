package dev.zhifu.workload;

import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.UnsignedReason;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Officers on duty: they take reports down, accept or refuse them, and sign or reject stop
 * requests, each after a drawn time. They know what the desk shows and not the truth.
 */
final class DutyOfficers {
  private static final String ROLE = "DUTY_OFFICER";

  private final World world;
  private final Map<String, FraudStory> storyOfReport = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<String> withdrawn = new HashSet<>();
  private final long[] freeAt;
  private int reports;

  int accepted;
  int refused;
  int signed;
  int rejected;

  DutyOfficers(World world) {
    this.world = world;
    this.freeAt = new long[world.settings.police().officers()];
  }

  /** A victim comes. */
  void reported(FraudStory story, Holder victim, List<Payment> paid) {
    if (paid.isEmpty()) {
      // Nobody's account was paid: there is nothing that a stop could reach, and no report to send.
      return;
    }
    String reportId = nextReportId();
    story.reportId = reportId;
    storyOfReport.put(reportId, story);
    VictimReport report = report(reportId, victim, paid);
    act(
        reportId,
        world.settings.police().acceptSecondsMedian(),
        world.schedule.now(),
        (officer, at) -> {
          accepted++;
          story.acceptedAt = at;
          story.reachableAtAcceptanceFen = story.money.onMulesFen(world.connections);
          post(
              ActKind.ACCEPT_REPORT,
              officer,
              at,
              reportId,
              null,
              "report complete, transfers found",
              report);
        });
  }

  /** Numbered as they come: a report's id says nothing about the story behind it. */
  private String nextReportId() {
    return "R"
        + world.settings.run().firstDay().replace("-", "")
        + "-"
        + Messages.padded(++reports, 4);
  }

  /** Somebody quarrels with a shop. */
  void disputed(Story story, Holder buyer, Payment payment) {
    String reportId = nextReportId();
    report(reportId, buyer, List.of(payment));
    act(
        reportId,
        world.settings.police().acceptSecondsMedian(),
        world.schedule.now(),
        (officer, at) -> {
          refused++;
          post(
              ActKind.REJECT_REPORT,
              officer,
              at,
              reportId,
              null,
              "a quarrel over goods, not a fraud",
              null);
        });
  }

  private VictimReport report(String reportId, Holder victim, List<Payment> paid) {
    Instant now = Instant.ofEpochMilli(world.schedule.now());
    List<ReportedTransfer> transfers = paid.stream().map(this::transfer).toList();
    VictimReport report =
        new VictimReport(
            reportId,
            now,
            now,
            world.messages.holderToken(victim),
            "desk-" + victim.region,
            "110",
            null,
            transfers);
    if (world.outbox.enabled()) {
      world.outbox.post(report);
    }
    return report;
  }

  private ReportedTransfer transfer(Payment payment) {
    return new ReportedTransfer(
        world.messages.ref(payment.payer, null),
        world.messages.ref(payment.payee, null),
        payment.amountFen,
        Instant.ofEpochMilli(payment.doneAt),
        payment.transactionId,
        payment.payeeBankTransactionId,
        null,
        null);
  }

  /** The story a report tells, or null. */
  FraudStory storyOf(String reportId) {
    return reportId == null ? null : storyOfReport.get(reportId);
  }

  /** A request on the desk, or news of one. */
  void requested(StopPaymentRequest request) {
    String orderId = request.getOrderId();
    if (request.getState() != OrderState.DRAFT) {
      withdrawn.add(orderId);
      return;
    }
    if (!taken.add(orderId)) {
      return;
    }
    long basis = request.getBasisAt().toEpochMilli() + world.settings.run().engineLatencyMs();
    act(
        orderId,
        world.settings.police().signSecondsMedian(),
        Math.max(world.schedule.now(), basis),
        (officer, at) -> decide(request, officer, at));
  }

  private void decide(StopPaymentRequest request, String officer, long at) {
    String orderId = request.getOrderId();
    if (withdrawn.contains(orderId)) {
      return;
    }
    String token = request.getTarget().getAccountToken();
    boolean hasReport =
        request.getReportId() != null && storyOfReport.containsKey(request.getReportId());
    boolean protectedAccount =
        request.getUnsigned().contains(UnsignedReason.PROTECTED_ACCOUNT)
            || request.getUnsigned().contains(UnsignedReason.POOLED_ACCOUNT);
    // Most of the balance is others' money, and its holder may have taken the rest in good faith.
    boolean notTheirs =
        request.getUnsigned().contains(UnsignedReason.GOOD_FAITH)
            && request.getUnsigned().contains(UnsignedReason.OUT_OF_PROPORTION);
    boolean slip =
        Draws.chance(
            Draws.stream(world.settings.run().seed(), "slip", orderId),
            world.settings.police().slipShare());
    if (!hasReport) {
      reject(officer, at, orderId, token, "no accepted report");
    } else if (protectedAccount || notTheirs) {
      reject(officer, at, orderId, token, "a stop would be out of proportion");
    } else if (slip) {
      reject(officer, at, orderId, token, "evidence not convincing");
    } else {
      signed++;
      post(ActKind.SIGN_ORDER, officer, at, orderId, token, "report accepted, money traced", null);
    }
  }

  private void reject(String officer, long at, String orderId, String token, String reason) {
    rejected++;
    post(ActKind.REJECT_REQUEST, officer, at, orderId, token, reason, null);
  }

  private void post(
      ActKind kind,
      String officer,
      long at,
      String objectId,
      String token,
      String reason,
      VictimReport report) {
    world.outbox.post(
        new OfficerActDraft(
            kind + "-" + objectId,
            kind,
            officer,
            ROLE,
            Instant.ofEpochMilli(at),
            objectId,
            token,
            reason,
            report));
  }

  private interface Decision {
    void by(String officer, long at);
  }

  /** The officer who is free first takes it up, and needs a drawn time. */
  private void act(String objectId, double medianSeconds, long from, Decision decision) {
    SplittableRandom random = Draws.stream(world.settings.run().seed(), "officer", objectId);
    int first = 0;
    for (int i = 1; i < freeAt.length; i++) {
      first = freeAt[i] < freeAt[first] ? i : first;
    }
    long start = Math.max(from, freeAt[first]);
    freeAt[first] = start + Draws.delayMs(random, medianSeconds, world.settings.police().sigma());
    String officer = "officer-" + (first + 1);
    world.schedule.at(freeAt[first], at -> decision.by(officer, at));
  }
}
