package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.view.CaseView.HoldView;
import dev.zhifu.desk.view.CaseView.OrderView;
import dev.zhifu.desk.view.CaseView.Past;
import dev.zhifu.desk.words.Words;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimWarning;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that happened in a case as one list, ordered in time: what detection made of it, its
 * orders and the banks' answers, signed acts, every transition of the lives that recovery keeps of
 * it, its warnings with each step of theirs, and holds. Each line says who, in which role, on what
 * cause, and under which hash it is on record.
 */
public final class History {
  /** What an id has, and no word of the jobs' own. */
  private static final Pattern ID = Pattern.compile("[0-9]");

  /** Transitions of lives that are shown; a case with more is read from the audit's chains. */
  private static final int TRANSITIONS_MAX = Cases.CHANGES_MAX;

  private final Store store;
  private final Cases cases;

  /**
   * @param store where steps of warnings and the audit's hashes lie
   * @param cases what belongs to a case
   */
  public History(Store store, Cases cases) {
    this.store = store;
    this.cases = cases;
  }

  /**
   * The history of a case.
   *
   * @param orders its orders
   * @param holds risk holds on the accounts concerned
   * @param warnings its warnings
   */
  public Part<Past> of(
      FraudCase about,
      List<OrderView> orders,
      List<HoldView> holds,
      List<VictimWarning> warnings,
      Words words,
      Extent extent) {
    List<Past> past = new ArrayList<>();
    String caseId = about.getCaseId();
    Part<LifeTransition> told = lives(caseId, extent);
    List<LifeTransition> lives = told.list();
    Map<String, String> hashes = hashes(caseId);
    boolean more = told.more();
    more |= changes(past, about, words, extent);
    more |= orders(past, orders, lives, hashes, words, extent);
    more |= acts(past, about, orders, words, extent);
    lives.stream()
        .filter(life -> life.getKind() != LifeKind.STOP_ORDER)
        .forEach(life -> past.add(ofLife(life, hashes, words)));
    reviews(past, lives, words);
    holds(past, holds, words);
    warnings(past, warnings, words);
    // Stable: what happened in one instant stays as it was told.
    past.sort(Comparator.comparing(Past::at));
    return new Part<>(past, more);
  }

  private boolean changes(List<Past> past, FraudCase about, Words words, Extent extent) {
    Part<FraudCase> changes = cases.changes(about.getCaseId(), extent);
    for (FraudCase change : changes.list()) {
      past.add(
          new Past(
              change.getOccurredAt(),
              words.t("actor.engine"),
              "",
              words.t(
                  "past.case",
                  words.t("change." + change.getChange()),
                  words.t("case." + change.getState()),
                  String.format(Locale.ROOT, "%.2f", change.getScore())),
              "",
              ""));
    }
    return changes.more();
  }

  /** Recovery adopts what stop-orders say, and its audit bears the hash. */
  private boolean orders(
      List<Past> past,
      List<OrderView> orders,
      List<LifeTransition> lives,
      Map<String, String> hashes,
      Words words,
      Extent extent) {
    Map<String, LifeTransition> adopted = new HashMap<>();
    lives.stream()
        .filter(life -> life.getKind() == LifeKind.STOP_ORDER)
        .forEach(life -> adopted.putIfAbsent(life.getObjectId() + life.getState(), life));
    List<String> ids = orders.stream().map(one -> one.order().getOrderId()).toList();
    Part<StopPaymentRequest> steps = cases.transitions(ids, extent);
    for (StopPaymentRequest step : steps.list()) {
      LifeTransition life = adopted.get(step.getOrderId() + step.getState());
      past.add(
          new Past(
              step.getTickAt(),
              actor(step.getActor(), step.getSecondActor(), words),
              step.getRole() == null ? "" : role(step.getRole(), words),
              words.t(
                  "past.order",
                  Words.account(step.getTarget().getBank(), step.getTarget().getAccountToken()),
                  words.t("order." + step.getState())),
              cause(step.getCause()),
              life == null ? "" : hashes.getOrDefault(key(life), "")));
    }
    for (OrderView order : orders) {
      StopPaymentReceipt receipt = order.receipt();
      if (receipt != null) {
        past.add(
            new Past(
                receipt.getAt(),
                receipt.getBank(),
                role(Role.BANK.name(), words),
                words.t("receipt." + receipt.getResult()),
                receipt.getOrderId(),
                ""));
      }
    }
    return steps.more();
  }

  private boolean acts(
      List<Past> past, FraudCase about, List<OrderView> orders, Words words, Extent extent) {
    Set<String> ids = new LinkedHashSet<>();
    orders.forEach(one -> ids.add(one.order().getOrderId()));
    ids.add(about.getCaseId());
    Stream.concat(
            Stream.ofNullable(about.getReportId()),
            orders.stream().flatMap(one -> Stream.ofNullable(one.order().getReportId())))
        .forEach(ids::add);
    Part<OfficerAct> acts = cases.acts(ids, extent);
    for (OfficerAct act : acts.list()) {
      past.add(
          new Past(
              act.getAt(),
              both(act.getOfficerId(), act.getSecondOfficerId()),
              role(act.getRole(), words),
              words.t("act." + act.getKind()),
              ReasonWords.of(act.getReason(), words),
              Sha256.hex(ByteBuffer.wrap(Bodies.write(act)))));
    }
    return acts.more();
  }

  private Past ofLife(LifeTransition life, Map<String, String> hashes, Words words) {
    return new Past(
        life.getTickAt(),
        actor(life.getActor(), life.getSecondActor(), words),
        role(life.getRole(), words),
        words.t(
            "past.life",
            words.t("life." + life.getKind()),
            LifeWords.event(life.getKind(), life.getEvent(), words.isChinese()),
            words.orElse("life." + life.getKind() + "." + life.getState(), life.getState())),
        life.getReason().isEmpty()
            ? cause(life.getCause())
            : ReasonWords.of(life.getReason(), words),
        hashes.getOrDefault(key(life), ""));
  }

  private static String actor(String first, String second, Words words) {
    return first == null || first.isEmpty() ? words.t("actor.engine") : both(first, second);
  }

  /**
   * Beginning of the id of the message or act behind a step; a clock's is told by the step itself.
   */
  private static String cause(String cause) {
    String id = cause.substring(cause.lastIndexOf(':') + 1);
    return !cause.startsWith("tick:") && ID.matcher(id).find() ? Words.brief(id) : "";
  }

  /** The legal office's readings of freezes: noted here, and on record in the desk's own chain. */
  private void reviews(List<Past> past, List<LifeTransition> lives, Words words) {
    String[] freezes =
        lives.stream()
            .filter(life -> life.getKind() == LifeKind.FREEZE)
            .map(LifeTransition::getObjectId)
            .distinct()
            .toArray(String[]::new);
    if (freezes.length == 0) {
      return;
    }
    Map<String, Deque<String>> noted = noted(freezes);
    past.addAll(
        store.rows(
            (row, context) ->
                new Past(
                    row.getTimestamp("at").toInstant(),
                    row.getString("person_id"),
                    role(Role.LEGAL_REVIEWER.name(), words),
                    words.t("freeze.reviewedNow"),
                    row.getString("note"),
                    last(noted, row.getString("freeze_id") + "LEGAL REVIEW")),
            "select freeze_id, person_id, at, note from own.legal_review where freeze_id = any(?)"
                + " order by at",
            (Object) freezes));
  }

  private static void holds(List<Past> past, List<HoldView> holds, Words words) {
    for (HoldView one : holds) {
      String what =
          words.t(
              "past.hold",
              Words.account(one.hold().getBank(), one.hold().getAccount().getAccountToken()),
              words.yuan(one.hold().getAmountFen()),
              words.t("hold." + one.hold().getAction()));
      past.add(
          new Past(
              one.hold().getOccurredAt(),
              words.t("actor.engine"),
              "",
              what,
              words.t("reason." + one.hold().getReasonCode()),
              ""));
      if (one.answeredAt() != null) {
        past.add(
            new Past(
                one.answeredAt(),
                one.hold().getBank(),
                role(Role.BANK.name(), words),
                words.t("outcome." + one.outcome()),
                one.hold().getHoldId(),
                ""));
      }
    }
  }

  private void warnings(List<Past> past, List<VictimWarning> warnings, Words words) {
    for (VictimWarning warning : warnings) {
      past.add(
          new Past(
              warning.getOccurredAt(),
              words.t("actor.engine"),
              "",
              words.t(
                  "warning.line",
                  words.t("tier." + warning.getTier()),
                  words.t("action." + warning.getAction())),
              warning.getHolds() ? "" : words.t("withdrawn"),
              ""));
    }
    String[] ids = warnings.stream().map(VictimWarning::getWarningId).toArray(String[]::new);
    if (ids.length == 0) {
      return;
    }
    Map<String, Deque<String>> noted = noted(ids);
    past.addAll(
        store.rows(
            (row, context) -> {
              String kind = row.getString("kind");
              String contact = row.getString("contact_id");
              return new Past(
                  row.getTimestamp("at").toInstant(),
                  row.getString("person_id"),
                  "",
                  words.t(
                      "past.warning",
                      words.t("warningStep." + kind),
                      contact == null ? "" : contact),
                  row.getString("note"),
                  first(noted, row.getString("warning_id") + "WARNING " + kind));
            },
            "select * from own.warning_step where warning_id = any(?) order by step_id limit 500",
            (Object) ids));
  }

  /**
   * Hashes of what the desk has put on record about objects, the oldest first, by object and what.
   */
  private Map<String, Deque<String>> noted(String[] objectIds) {
    Map<String, Deque<String>> noted = new HashMap<>();
    store
        .rows(
            (row, context) ->
                List.of(
                    row.getString("object_id") + row.getString("what"), row.getString("sha256")),
            "select object_id, what, sha256 from own.audit where object_id = any(?) order by"
                + " audit_id limit 2000",
            (Object) objectIds)
        .forEach(
            one -> noted.computeIfAbsent(one.get(0), unseen -> new ArrayDeque<>()).add(one.get(1)));
    return noted;
  }

  private static String first(Map<String, Deque<String>> noted, String key) {
    Deque<String> hashes = noted.get(key);
    return hashes == null || hashes.isEmpty() ? "" : hashes.removeFirst();
  }

  /** A later reading replaces the one before, and the newest line of the record is its own. */
  private static String last(Map<String, Deque<String>> noted, String key) {
    Deque<String> hashes = noted.get(key);
    return hashes == null || hashes.isEmpty() ? "" : hashes.removeLast();
  }

  private Part<LifeTransition> lives(String caseId, Extent extent) {
    int max = extent.of(TRANSITIONS_MAX);
    return Part.newest(
        store.records(
            LifeTransition.class,
            "select body from seen.life_change where case_id = ? order by tick_at desc, object_id"
                + " desc, sequence desc limit "
                + (max + 1),
            caseId),
        max);
  }

  /** The audit's hash of each transition of a case, by object and number. */
  private Map<String, String> hashes(String caseId) {
    Map<String, String> hashes = new HashMap<>();
    store
        .rows(
            (row, context) ->
                List.of(
                    row.getString("object_id") + "#" + row.getLong("transition"),
                    row.getString("hash")),
            "select object_id, transition, hash from seen.audit_entry where chain = ?",
            caseId)
        .forEach(one -> hashes.put(one.get(0), one.get(1)));
    return hashes;
  }

  private static String key(LifeTransition life) {
    return life.getObjectId() + "#" + life.getSequence();
  }

  private static String both(String first, String second) {
    return second == null || second.isEmpty() ? first : first + " + " + second;
  }

  /** A role in words; the role's own name where no table has it. */
  private static String role(String name, Words words) {
    return Stream.of(Role.values())
        .filter(role -> role.name().equals(name))
        .map(Role::words)
        .map(said -> words.isChinese() ? said.chinese() : said.english())
        .findFirst()
        .orElse(name);
  }
}
