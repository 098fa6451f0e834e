package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.view.ByHand;
import dev.zhifu.desk.view.LifeWords;
import dev.zhifu.desk.view.Rings;
import dev.zhifu.desk.words.Words;
import dev.zhifu.rules.lives.AlarmKind;
import dev.zhifu.rules.lives.appeal.AppealState;
import dev.zhifu.rules.lives.desk.Ahead;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAlarm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What every page has around it.
 *
 * @param words in the person's language
 * @param person who looks; null before login
 * @param csrf word that forms bring along; empty before login
 * @param at path of this page, for the menu
 * @param tick the newest tick
 * @param alarms new requests that nobody acknowledged, by order
 * @param silent duty desks that do not answer and nobody has acknowledged it; without an object for
 *     the directory itself
 * @param rings what else rings and nobody has acknowledged
 * @param waiting acts that wait for a second person
 * @param environment DEMO, DRILL or PRODUCTION
 * @param caseId the case shown; empty on other pages
 * @param made what the live line had told when the page began to be made
 * @param names names of persons and banks by their ids
 * @param byHand whom to phone about an act that nothing has confirmed
 */
public record Shell(
    Words words,
    Person person,
    String csrf,
    String at,
    Instant tick,
    List<String> alarms,
    List<RecoveryAlarm> silent,
    List<Rings.Ring> rings,
    int waiting,
    String environment,
    String caseId,
    long made,
    Names names,
    ByHand byHand) {
  private static final int BAR_MAX = 6;
  private static final int MARK_DIGITS = 24;

  /** Text of a key. */
  public String t(String key, Object... values) {
    return words.t(key, values);
  }

  /** Names of the banks whose duty desks ring; the directory's where it is broken itself. */
  public String silentNames() {
    return silent.stream()
        .map(RecoveryAlarm::getObjectId)
        .map(bank -> bank.isEmpty() ? t("alarms.directory") : who(bank))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /**
   * An id as the bell carries it: every page has the bell, and whom an alarm is about is for those
   * who open it.
   */
  public static String mark(String id) {
    return Sha256.hex(id).substring(0, MARK_DIGITS);
  }

  /** What rings, kind by kind with how many there are. */
  public String rung() {
    Map<String, Long> kinds =
        rings.stream()
            .collect(
                Collectors.groupingBy(Rings.Ring::kind, LinkedHashMap::new, Collectors.counting()));
    return kinds.entrySet().stream()
        .map(
            one -> words.orElse("ring." + one.getKey(), alarm(one.getKey())) + " " + one.getValue())
        .collect(Collectors.joining(words.isChinese() ? "，" : ", "));
  }

  /** A kind of alarm in words; its name when the catalogue has none. */
  public String alarm(String kind) {
    return AlarmKind.of(kind)
        .map(AlarmKind::words)
        .map(said -> words.isChinese() ? said.chinese() : said.english())
        .orElse(kind);
  }

  /** What to do about an alarm of a kind; empty when the catalogue has none. */
  public String alarmTodo(String kind) {
    return AlarmKind.of(kind)
        .map(AlarmKind::todo)
        .map(said -> words.isChinese() ? said.chinese() : said.english())
        .orElse("");
  }

  /** An event of a life in words. */
  public String lifeEvent(LifeKind life, String event) {
    return LifeWords.event(life, event, words.isChinese());
  }

  /** Who acted, with a name: a person, two of them, a bank; anything else as it stands. */
  public String who(String actor) {
    return actor == null
        ? ""
        : Stream.of(actor.split(" \\+ ")).map(names::of).collect(Collectors.joining(" + "));
  }

  /** Whom to phone about an act, in the order of its papers. */
  public List<ByHand.Place> phoned(Act act) {
    return byHand.of(act);
  }

  /** Phone of a bank's duty desk; empty when it is not listed. */
  public String phone(String bank) {
    return names.phone(bank);
  }

  /**
   * True when a paper about the life goes to others: of a case handed over, of a rejected appeal.
   */
  public static boolean told(LifeTransition life) {
    return life.getDetail() instanceof CaseDetail about
        ? !about.getReceivingBody().isEmpty()
        : life.getKind() == LifeKind.APPEAL && life.getState().equals(AppealState.REJECTED.name());
  }

  /** Clocks of a life by their ends, warnings left out: of those that ring alike, the next one. */
  public static List<LifeClock> clocks(LifeTransition life) {
    Map<String, LifeClock> next = new LinkedHashMap<>();
    life.getClocks().stream()
        .filter(clock -> !Ahead.warns(clock))
        .sorted(Comparator.comparing(LifeClock::getDueAt))
        .forEach(clock -> next.putIfAbsent(clock.getEvent(), clock));
    return List.copyOf(next.values());
  }

  /** What the audit notes, in words; what has none stands as it is. */
  public String audited(String what) {
    String[] parts = what.replace(",", "").split(" ");
    for (int n = parts.length; n > 0; n--) {
      String head = words.orElse("audited." + String.join("_", List.of(parts).subList(0, n)), "");
      if (!head.isEmpty()) {
        return Stream.concat(
                Stream.of(head), List.of(parts).subList(n, parts.length).stream().map(this::noted))
            .collect(Collectors.joining(" "));
      }
    }
    return what;
  }

  private String noted(String word) {
    return words.orElse(
        "act." + word,
        words.orElse(
            "warningStep." + word,
            words.orElse("status." + word, LifeWords.event(word, words.isChinese()))));
  }

  /** The address of a route that somebody was refused. */
  public static String address(String route) {
    return Stream.of(Route.values())
        .filter(one -> one.name().equals(route))
        .map(Route::path)
        .findFirst()
        .orElse(Words.brief(route));
  }

  /** True when the person's role is one of the route's. */
  public boolean may(Route route) {
    return person != null && route.roles().contains(person.role());
  }

  /** True when the person may ask for acts. */
  public boolean asks() {
    return person != null && person.role().asks();
  }

  /** True when the person may be the second person. */
  public boolean confirms() {
    return person != null && person.role().confirms();
  }

  /** What headers htmx sends along. */
  public String headers() {
    return "{\"X-CSRF\":\"" + csrf + "\"}";
  }

  /** The menu: what this person may open, the role's first page before all. */
  public List<Route> menu() {
    List<Route> menu = new ArrayList<>();
    menu.add(home(person.role()));
    for (Route route :
        List.of(
            Route.QUEUE,
            Route.INTAKE,
            Route.ASKED,
            Route.WARNINGS,
            Route.GO,
            Route.PAPERS,
            Route.SHIFT,
            Route.ALARMS,
            Route.APPEALS,
            Route.REFUNDS,
            Route.BANK_REPORTS,
            Route.STANDING,
            Route.WALL,
            Route.WEEKLY,
            Route.APPEAL,
            Route.RULES,
            Route.BANKS,
            Route.OWN_BANK,
            Route.STATE,
            Route.AUDIT,
            Route.PEOPLE)) {
      if (may(route)
          && !menu.contains(route)
          && (route != Route.APPEAL || person.role() == Role.BANK)) {
        menu.add(route);
      }
    }
    return menu;
  }

  /** The part of the menu that stands in the bar: so many that a line of 1360 pixels holds it. */
  public List<Route> bar() {
    List<Route> menu = menu();
    return menu.size() > BAR_MAX + 1 ? menu.subList(0, BAR_MAX) : menu;
  }

  /** The rest, folded under one word. */
  public List<Route> more() {
    List<Route> menu = menu();
    return menu.subList(bar().size(), menu.size());
  }

  /** The page that a role begins with. */
  static Route home(Role role) {
    return switch (role) {
      case BANK -> Route.OWN_BANK;
      case FIELD -> Route.GO;
      case ADMIN -> Route.PEOPLE;
      case AUDITOR -> Route.AUDIT;
      case RULE_AUTHOR, RULE_APPROVER -> Route.RULES;
      default -> Route.QUEUE;
    };
  }
}
