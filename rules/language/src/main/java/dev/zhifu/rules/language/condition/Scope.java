package dev.zhifu.rules.language.condition;

import dev.zhifu.rules.language.EventKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a condition of one step may name.
 *
 * @param kinds event kinds the step takes
 * @param steps earlier steps that take events, and the step itself when it takes several, with
 *     their kinds, in order
 * @param previous names of the steps one of which took the newest event before this one, nearest
 *     first
 * @param params named thresholds: Long or Double
 */
public record Scope(
    Set<EventKind> kinds,
    Map<String, Set<EventKind>> steps,
    List<String> previous,
    Map<String, Object> params) {}
