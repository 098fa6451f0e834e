package dev.zhifu.jobs.flow;

import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.Side;

/**
 * One event on its way to one matching key. A transfer travels once for each key that some rule can
 * use.
 *
 * @param matchKey {@link #matchKey(KeyKind, String)}: what MATCH is keyed by
 * @param keyKind kind of the key
 * @param id token of the key
 * @param side how the key stands in the event
 * @param event the event with its features
 */
public record Routed(String matchKey, KeyKind keyKind, String id, Side side, EnrichedEvent event) {

  /** One string for key kind and token: the kind's ordinal digit, a colon, the token. */
  public static String matchKey(KeyKind kind, String id) {
    return kind.ordinal() + ":" + id;
  }

  /** Builds the routed form of {@code event} for one key. */
  public static Routed of(KeyKind kind, String id, Side side, EnrichedEvent event) {
    return new Routed(matchKey(kind, id), kind, id, side, event);
  }
}
