package dev.zhifu.rules.stream;

import java.util.Map;

/**
 * What one rule sees of a stream.
 *
 * @param starts events that satisfy the state-free part of its first step: each begins a sequence
 * @param steps by name of the step, events that satisfy its state-free part, negated steps included
 * @param relevant events that its matching must be shown
 * @param hits final hits
 * @param overflowed times that a key reached the cap of its partial matches
 */
public record RuleShares(
    Share starts, Map<String, Share> steps, Share relevant, long hits, long overflowed) {}
