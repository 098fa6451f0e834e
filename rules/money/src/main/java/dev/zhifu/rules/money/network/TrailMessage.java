package dev.zhifu.rules.money.network;

import java.util.List;

/**
 * What an account tells one that it pays for the first time: the transfer, and the trails that lead
 * to it, this transfer included.
 *
 * @param id of the transfer
 * @param at event time
 * @param fen amount
 * @param payer who paid
 * @param payee who was paid
 * @param trails the newest, bounded by the settings
 */
public record TrailMessage(
    String id, long at, long fen, String payer, String payee, List<Trail> trails) {}
