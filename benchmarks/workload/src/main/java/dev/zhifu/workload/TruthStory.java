package dev.zhifu.workload;

import java.util.List;

/**
 * One story in truth.
 *
 * @param storyId id, F-… or I-…
 * @param kind typology or innocent kind
 * @param fraud true for a fraud
 * @param victimHolderToken the victim; null for innocent stories
 * @param startedAt first contact, UTC milliseconds; 0 for innocent stories
 * @param plannedFen what the crew is after
 * @param paidFen what the victim paid
 * @param rebateFen what came back as bait
 * @param reportId id of the report, null if none yet
 * @param reportedAt when the victim reported, 0 if not yet
 * @param acceptedAt when an officer accepted the report, 0 if not yet
 * @param outcome notYetPaid, prevented, cutShort, kept, partlyKept or lost
 * @param accounts every account the money reached
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
    List<TruthAccount> accounts) {

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
        story.outcome(),
        story.money.reached.stream().map(account -> TruthAccount.of(account, messages)).toList());
  }

  static TruthStory ofInnocent(Story story) {
    return new TruthStory(
        story.id, story.kind, false, null, 0, 0, 0, 0, null, 0, 0, "innocent", List.of());
  }
}
