package dev.zhifu.jobs.network;

import dev.zhifu.rules.money.network.Leg;
import dev.zhifu.rules.money.network.NetworkHit;
import dev.zhifu.rules.money.network.NetworkHit.Part;
import dev.zhifu.rules.money.network.NetworkHit.Role;
import dev.zhifu.rules.money.network.NetworkRule;
import dev.zhifu.rules.money.network.Trail;
import dev.zhifu.rules.money.network.TrailMessage;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.MoneyTrail;
import dev.zhifu.wire.NetworkShape;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.TrailLeg;
import dev.zhifu.wire.TrailsTold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Messages and shapes as they lie on their topics, and a shape as a hit. */
public final class NetworkRecords {
  private NetworkRecords() {}

  /** A message as its topic carries it. */
  static TrailsTold record(TrailMessage message) {
    Map<Leg, Integer> places = new LinkedHashMap<>();
    List<MoneyTrail> trails = new ArrayList<>();
    for (Trail trail : message.trails()) {
      List<Integer> legs = new ArrayList<>();
      for (Leg leg : trail.legs()) {
        legs.add(places.computeIfAbsent(leg, unseen -> places.size()));
      }
      trails.add(new MoneyTrail(trail.origin(), trail.first(), trail.handedOn(), legs));
    }
    return new TrailsTold(
        message.id(),
        Instant.ofEpochMilli(message.at()),
        message.fen(),
        message.payer(),
        message.payee(),
        places.keySet().stream()
            .map(leg -> new TrailLeg(leg.id(), Instant.ofEpochMilli(leg.at())))
            .toList(),
        trails);
  }

  /** What a record of the topic says. */
  static TrailMessage message(TrailsTold told) {
    List<Leg> legs =
        told.getLegs().stream()
            .map(leg -> new Leg(leg.getEventId(), leg.getOccurredAt().toEpochMilli()))
            .toList();
    return new TrailMessage(
        told.getEventId(),
        told.getOccurredAt().toEpochMilli(),
        told.getAmountFen(),
        told.getPayer(),
        told.getPayee(),
        told.getTrails().stream()
            .map(
                trail ->
                    new Trail(
                        trail.getOrigin(),
                        trail.getFirst(),
                        trail.getHandedOn(),
                        trail.getLegs().stream().map(legs::get).toList()))
            .toList());
  }

  /** A shape as its topic carries it. */
  static NetworkShape record(NetworkHit hit) {
    return new NetworkShape(
        hit.kind().id(),
        hit.kind().version(),
        hit.account(),
        hit.other(),
        Instant.ofEpochMilli(hit.at()),
        evidence(hit));
  }

  private static List<Evidence> evidence(NetworkHit hit) {
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < hit.parts().size(); i++) {
      Part part = hit.parts().get(i);
      evidence.add(
          new Evidence(
              part.role().name().toLowerCase(Locale.ROOT),
              part.leg().id(),
              Instant.ofEpochMilli(part.leg().at()),
              side(hit, part.role(), i)));
    }
    return evidence;
  }

  /** How the account stands in a transfer: many are between others. */
  private static Side side(NetworkHit hit, Role role, int place) {
    boolean last = place == hit.parts().size() - 1;
    return switch (role) {
      case GATHER -> Side.CREDIT;
      case SCATTER -> hit.kind() == NetworkRule.GATHER_SCATTER ? Side.DEBIT : Side.SUBJECT;
      case HOP -> {
        if (last) {
          yield Side.CREDIT;
        }
        yield place == 0 && hit.kind() == NetworkRule.CYCLE ? Side.DEBIT : Side.SUBJECT;
      }
    };
  }

  /**
   * A shape as a hit: evidence for a score, which proposes nothing and which no later event undoes
   * (ADR-0135).
   *
   * @param shadow true for a hit without a voice in scores
   * @throws IllegalArgumentException when the rule is none of family G
   */
  public static RuleHit hit(NetworkShape shape, boolean shadow) {
    NetworkRule rule =
        NetworkRule.of(shape.getRuleId())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "network.shapes names rule '"
                            + shape.getRuleId()
                            + "'; the shapes are G01 to G04 (docs/network.md)"));
    return RuleHit.newBuilder()
        .setHitId(
            EventIds.hitId(
                shape.getRuleId(),
                shape.getRuleVersion(),
                KeyKind.ACCOUNT,
                shape.getAccount(),
                shape.getEvidence()))
        .setRevision(1)
        .setHolds(true)
        .setIsFinal(true)
        .setRuleId(shape.getRuleId())
        .setRuleVersion(shape.getRuleVersion())
        .setFamily(RuleFamily.G)
        .setWeight(shadow ? 0 : rule.weight())
        .setShadow(shadow)
        .setActions(List.of())
        .setMonotone(true)
        .setKeyKind(KeyKind.ACCOUNT)
        .setKey(shape.getAccount())
        .setEvidence(shape.getEvidence())
        .setOccurredAt(shape.getOccurredAt())
        .build();
  }
}
