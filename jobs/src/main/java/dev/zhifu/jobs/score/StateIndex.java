package dev.zhifu.jobs.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Which entries a map state has for one key, by event time, then id. Mutable in no way; an update
 * replaces it.
 *
 * @param ids keys of the map
 * @param atMs event time of each, milliseconds since the epoch, in the order of {@code ids}
 */
public record StateIndex(List<String> ids, List<Long> atMs) {
  static final StateIndex EMPTY = new StateIndex(List.of(), List.of());

  /** With that entry; itself when it has it already, as with a hit's next revision. */
  StateIndex with(String id, long at) {
    int known = ids.indexOf(id);
    if (known >= 0 && atMs.get(known) == at) {
      return this;
    }
    StateIndex others = without(id);
    int place = 0;
    while (place < others.ids.size()
        && (others.atMs.get(place) < at
            || (others.atMs.get(place) == at && others.ids.get(place).compareTo(id) < 0))) {
      place++;
    }
    List<String> newIds = new ArrayList<>(others.ids);
    List<Long> newAtMs = new ArrayList<>(others.atMs);
    newIds.add(place, id);
    newAtMs.add(place, at);
    return new StateIndex(newIds, newAtMs);
  }

  StateIndex without(String id) {
    int place = ids.indexOf(id);
    if (place < 0) {
      return this;
    }
    List<String> newIds = new ArrayList<>(ids);
    List<Long> newAtMs = new ArrayList<>(atMs);
    newIds.remove(place);
    newAtMs.remove(place);
    return new StateIndex(newIds, newAtMs);
  }
}
