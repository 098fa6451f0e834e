package dev.zhifu.workload;

import java.util.List;
import java.util.Set;

/**
 * One story in truth.
 *
 * @param storyId id: F-… of a victim, N-… of a network without one, I-… innocent
 * @param kind typology, SIM_BANK, SCORE_RUNNING or innocent kind
 * @param fraud true for a fraud
 * @param victimHolderToken the victim; null for stories without one
 * @param startedAt first contact, UTC milliseconds; 0 for stories without a victim
 * @param plannedFen what the crew is after
 * @param paidFen what the victim paid
 * @param rebateFen what came back as bait
 * @param reportId id of the report; null if none yet, or if no account was paid that it could name
 * @param reportedAt when the victim reported, 0 if not yet
 * @param acceptedAt when an officer accepted the report, 0 if not yet
 * @param outcome notYetPaid, prevented, cutShort, kept, partlyKept or lost; network; innocent
 * @param accounts of a victim's story every account the money reached; else every account that paid
 *     or received in it
 * @param style how the crew moves money; null for stories without a victim
 * @param payerAccountToken account the victim pays from; null for stories without one
 * @param payerHolderToken its holder: the victim, or the firm whose books the victim keeps
 * @param lossFen what the victim is out of pocket
 * @param firstTransferAt first booking of the story, 0 for none yet, UTC milliseconds
 * @param lastLossAt last payment of the victim, 0 for none yet: caught before it is caught in time
 * @param lastTransferAt last booking of the story, 0 for none yet
 * @param bookings bookings so far
 * @param movedFen sum of the bookings
 * @param numberTokens who called for it
 */
public record TruthStory(
    String storyId,
    String kind,
    boolean fraud,
    String victimHolderToken,
    long startedAt,
    long plannedFen,
    long paidFen,
    long rebateFen,
    String reportId,
    long reportedAt,
    long acceptedAt,
    String outcome,
    List<TruthAccount> accounts,
    String style,
    String payerAccountToken,
    String payerHolderToken,
    long lossFen,
    long firstTransferAt,
    long lastLossAt,
    long lastTransferAt,
    int bookings,
    long movedFen,
    List<String> numberTokens) {

  static TruthStory of(FraudStory story, Messages messages) {
    return new TruthStory(
        story.id,
        story.kind,
        true,
        messages.holderToken(story.victim),
        story.startMs,
        story.plannedFen,
        story.money.paidFen,
        story.rebateFen,
        story.reportId,
        story.reportedAt,
        story.acceptedAt,
        StoryOutcome.word(story),
        truth(story.money.reached, messages),
        story.crew.style.name(),
        messages.token(story.payer),
        messages.holderToken(story.payer.holder),
        StoryOutcome.lossFen(story),
        story.firstAt,
        story.lastLossAt,
        story.lastAt,
        story.bookings,
        story.movedFen,
        List.copyOf(story.numbers));
  }

  /** A story without a victim: innocent, or a network's. */
  static TruthStory of(Story story, Messages messages) {
    return new TruthStory(
        story.id,
        story.kind,
        story.fraud,
        null,
        0,
        0,
        0,
        0,
        null,
        0,
        0,
        story.fraud ? "network" : "innocent",
        truth(story.accounts, messages),
        null,
        null,
        null,
        0,
        story.firstAt,
        story.lastLossAt,
        story.lastAt,
        story.bookings,
        story.movedFen,
        List.copyOf(story.numbers));
  }

  private static List<TruthAccount> truth(Set<Account> accounts, Messages messages) {
    return accounts.stream().map(account -> TruthAccount.of(account, messages)).toList();
  }
}
