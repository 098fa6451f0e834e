package dev.zhifu.desk.view;

import dev.zhifu.desk.words.Words;
import dev.zhifu.rules.lives.directory.Contact;
import dev.zhifu.rules.lives.directory.Contact.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A place that the queue can be narrowed to.
 *
 * @param code of a banner or district as events carry it, or id of a township's contact
 * @param name as shown
 * @param covers codes of the places in it, its own among them: a banner covers its townships
 */
public record QueuePlace(String code, String name, List<String> covers) {
  private static final String REGION = "region.";

  /** Any place. */
  public static final QueuePlace ANY = new QueuePlace("", "", List.of());

  /**
   * Banners and districts by code, then townships in the directory's order. A banner is one that
   * the texts name or the directory has.
   */
  public static List<QueuePlace> all(Collection<Contact> contacts, Words words) {
    Map<String, String> banners = new TreeMap<>();
    contacts.stream()
        .filter(one -> one.level() == Level.BANNER && !one.region().isEmpty())
        .forEach(one -> banners.put(one.region(), one.name()));
    words.all().keySet().stream()
        .filter(key -> key.startsWith(REGION))
        .forEach(key -> banners.put(key.substring(REGION.length()), words.t(key)));
    List<Contact> townships =
        contacts.stream().filter(one -> one.level() == Level.TOWNSHIP).toList();
    List<QueuePlace> places = new ArrayList<>();
    banners.forEach(
        (code, name) ->
            places.add(
                new QueuePlace(
                    code,
                    name,
                    Stream.concat(
                            Stream.of(code),
                            townships.stream()
                                .filter(one -> under(one, code, contacts))
                                .map(Contact::id))
                        .toList())));
    townships.forEach(one -> places.add(new QueuePlace(one.id(), one.name(), List.of(one.id()))));
    return List.copyOf(places);
  }

  private static boolean under(Contact township, String region, Collection<Contact> contacts) {
    return contacts.stream()
        .anyMatch(one -> one.id().equals(township.parent()) && one.region().equals(region));
  }
}
