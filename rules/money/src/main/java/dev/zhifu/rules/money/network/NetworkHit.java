package dev.zhifu.rules.money.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A shape that was found.
 *
 * @param kind which
 * @param account where it was seen: what a case would be about
 * @param other the other end of a scatter and gather or of a chain, else the same account
 * @param parts transfers that make it
 */
public record NetworkHit(NetworkRule kind, String account, String other, List<Part> parts) {

  /** Copies the list. */
  public NetworkHit {
    parts = Collections.unmodifiableList(new ArrayList<>(parts));
  }

  /** What a transfer is to the shape. */
  public enum Role {
    /** Money goes on to one. */
    HOP,
    /** One pays several. */
    SCATTER,
    /** Several pay one. */
    GATHER
  }

  /** One transfer of it. */
  public record Part(Role role, Leg leg) {}

  /** Event time of its newest transfer. */
  public long at() {
    return parts.stream().mapToLong(part -> part.leg().at()).max().orElseThrow();
  }

  /** Ids of its transfers. */
  public List<String> ids() {
    return parts.stream().map(part -> part.leg().id()).toList();
  }

  /**
   * Of shapes that one movement completed at one account, those that say most: the shortest circle,
   * since the others hold detours of it, and the longest chain, of which the others are ends.
   */
  public static Collection<NetworkHit> clearest(List<NetworkHit> hits) {
    Map<String, NetworkHit> best = new LinkedHashMap<>();
    for (NetworkHit hit : hits) {
      boolean byOrigin = hit.kind == NetworkRule.SCATTER_GATHER;
      best.merge(
          hit.kind.id() + (byOrigin ? hit.other : ""),
          hit,
          (one, other) -> other.isClearerThan(one) ? other : one);
    }
    return best.values();
  }

  private boolean isClearerThan(NetworkHit other) {
    int more = Integer.compare(parts.size(), other.parts.size());
    return kind == NetworkRule.CYCLE ? more < 0 : more > 0;
  }

  static List<Part> hops(List<Leg> legs) {
    return legs.stream().map(leg -> new Part(Role.HOP, leg)).toList();
  }
}
