/**
 * Why a hit is a hit: the decision made again from the rule's text, the evidence and its features,
 * and from nothing else. Start at {@link dev.zhifu.rules.explain.HitProof}.
 */
package dev.zhifu.rules.explain;
