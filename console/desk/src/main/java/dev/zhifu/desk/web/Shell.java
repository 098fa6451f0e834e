package dev.zhifu.desk.web;

import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.view.LifeWords;
import dev.zhifu.desk.words.Words;
import dev.zhifu.wire.LifeKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What every page has around it.
 *
 * @param words in the person's language
 * @param person who looks; null before login
 * @param csrf word that forms bring along; empty before login
 * @param at path of this page, for the menu
 * @param tick the newest tick
 * @param alarms new requests that nobody acknowledged
 * @param waiting acts that wait for a second person
 * @param environment DEMO, DRILL or PRODUCTION
 * @param caseId the case shown; empty on other pages
 */
public record Shell(
    Words words,
    Person person,
    String csrf,
    String at,
    Instant tick,
    int alarms,
    int waiting,
    String environment,
    String caseId) {

  /** Text of a key. */
  public String t(String key, Object... values) {
    return words.t(key, values);
  }

  /** An event of a life in words. */
  public String lifeEvent(LifeKind life, String event) {
    return LifeWords.event(life, event, words.isChinese());
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

  /** The menu: what this person may open. */
  public List<Route> menu() {
    List<Route> menu = new ArrayList<>();
    for (Route route :
        List.of(
            Route.QUEUE,
            Route.INTAKE,
            Route.ASKED,
            Route.WARNINGS,
            Route.GO,
            Route.APPEALS,
            Route.REFUNDS,
            Route.BANK_REPORTS,
            Route.SHIFT,
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
      if (may(route) && (route != Route.APPEAL || person.role() == Role.BANK)) {
        menu.add(route);
      }
    }
    return menu;
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
