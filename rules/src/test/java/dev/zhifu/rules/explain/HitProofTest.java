package dev.zhifu.rules.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.features.Dedupe;
import dev.zhifu.rules.features.FeaturePipeline;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.rules.features.Listings;
import dev.zhifu.rules.features.Router;
import dev.zhifu.rules.features.RuleTimeline;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.scenario.Arrival;
import dev.zhifu.rules.scenario.PureSubject;
import dev.zhifu.rules.scenario.Scenario;
import dev.zhifu.rules.scenario.ScenarioFile;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every hit that the catalogue's scenarios make, made again from its dossier. */
class HitProofTest {
  private static final Path CATALOGUE = Path.of("catalogue");

  @Test
  void everyHitOfEveryScenarioComesOutByteForByte() throws Exception {
    int hits = 0;
    for (Dossier dossier : dossiers()) {
      Verdict verdict = HitProof.of(Dossier.parse(dossier.toJson()));
      assertThat(verdict.reproduced())
          .as("%s: %s", dossier.hit().getRuleId(), verdict.why())
          .isTrue();
      assertThat(verdict.againSha256()).isEqualTo(verdict.hitSha256());
      hits++;
    }
    System.out.println(hits + " hits of the catalogue's scenarios reproduced byte for byte");
    assertThat(hits).isGreaterThan(20);
  }

  @Test
  void withOneFeatureOfItsLastEventChangedNoHitIsReproduced() throws Exception {
    int changed = 0;
    for (Dossier dossier : dossiers()) {
      String last = last(dossier.hit()).getEventId();
      for (EnrichedEvent event : dossier.events()) {
        if (event.getEventId().equals(last) && event.getFeatures().getOwnTransfer() != null) {
          Features features = event.getFeatures();
          features.setOwnTransfer(!features.getOwnTransfer());
          Verdict verdict = HitProof.of(dossier);
          assertThat(verdict.reproduced()).as(dossier.hit().getRuleId()).isFalse();
          assertThat(verdict.why()).isNotEmpty();
          assertThat(String.join("\n", HitWords.of(dossier, verdict))).contains("not reproduced");
          changed++;
        }
      }
    }
    System.out.println(changed + " hits with one changed feature were not reproduced");
    assertThat(changed).isPositive();
  }

  @Test
  void withAThresholdOfTheRuleRaisedTheHitIsNotReproduced() throws Exception {
    Dossier dossier = of("T02").get(0);
    RulePublication other = RulePublication.newBuilder(dossier.publication()).build();
    other.setDocument(other.getDocument().replaceFirst("version: [0-9]+", "version: 999"));

    Verdict verdict = HitProof.of(new Dossier(dossier.hit(), dossier.events(), other));

    assertThat(verdict.reproduced()).isFalse();
    assertThat(verdict.why().get(0)).contains("T02 version 999, the hit of T02 version ");
  }

  @Test
  void aMissingEventIsNamed() throws Exception {
    Dossier dossier = of("T02").get(0);

    Verdict verdict = HitProof.of(new Dossier(dossier.hit(), List.of(), dossier.publication()));

    assertThat(verdict.reproduced()).isFalse();
    assertThat(verdict.why().get(0))
        .contains(dossier.hit().getEvidence().get(0).getEventId(), "is not there");
  }

  @Test
  void wordsNameRuleEvidenceAndFeaturesInBothTongues() throws Exception {
    Dossier dossier = of("T02").get(0);

    String words = String.join("\n", HitWords.of(dossier, HitProof.of(dossier)));

    assertThat(words)
        .contains("通话中转账", "Transfer while a stranger is on the phone", "证据 evidence:");
    assertThat(words).contains(dossier.hit().getHitId(), "复算一致 reproduced");
    assertThat(words).contains("payeeFirstSeen = true");
  }

  @Test
  void aTextThatIsNoDossierIsExplained() {
    assertThatThrownBy(() -> Dossier.parse("{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key events is missing");
  }

  private static Evidence last(RuleHit hit) {
    return hit.getEvidence().get(hit.getEvidence().size() - 1);
  }

  private static List<Dossier> dossiers() throws Exception {
    List<Dossier> all = new ArrayList<>();
    try (Stream<Path> folders = Files.list(CATALOGUE)) {
      for (Path folder : folders.sorted().toList()) {
        if (Files.exists(folder.resolve("scenarios.yaml"))) {
          all.addAll(of(folder.getFileName().toString()));
        }
      }
    }
    return all;
  }

  private static List<Dossier> of(String id) throws Exception {
    Path folder = CATALOGUE.resolve(id);
    String text = Files.readString(folder.resolve("rule.yaml"));
    Rule rule = RuleParser.parse(id + "/rule.yaml", text).orThrow();
    List<Dossier> dossiers = new ArrayList<>();
    for (Scenario scenario : ScenarioFile.read(folder.resolve("scenarios.yaml"))) {
      Map<String, EnrichedEvent> events = enriched(rule, scenario.arrivals());
      Map<String, RuleHit> newest = new HashMap<>();
      for (RuleHit hit : new PureSubject().run(List.of(rule), scenario.arrivals())) {
        newest.put(hit.getHitId(), hit);
      }
      for (RuleHit hit : newest.values()) {
        if (hit.getHolds()) {
          List<EnrichedEvent> evidence = new ArrayList<>();
          hit.getEvidence().forEach(one -> evidence.add(copy(events.get(one.getEventId()))));
          Support support = new Support(rule, hit);
          events.values().stream()
              .filter(event -> support.side(event).isPresent())
              .forEach(event -> evidence.add(copy(event)));
          dossiers.add(new Dossier(hit, evidence, publication(rule, text)));
        }
      }
    }
    return dossiers;
  }

  private static EnrichedEvent copy(EnrichedEvent event) {
    return EnrichedEvent.newBuilder(event).build();
  }

  /** The events as risk.enriched has them: features filled by the steps, lists by the router. */
  private static Map<String, EnrichedEvent> enriched(Rule rule, List<Arrival> arrivals) {
    FeaturePipeline pipeline = new FeaturePipeline(Limits.UNHEARD);
    RuleTimeline timeline = new RuleTimeline(Limits.UNHEARD);
    timeline.start(rule, Long.MIN_VALUE);
    Listings listings = new Listings();
    Router router = new Router(timeline, listings);
    Map<String, EnrichedEvent> events = new HashMap<>();
    for (Arrival arrival : arrivals) {
      if (arrival.listed() != null) {
        listings.put(arrival.listed());
      } else if (!arrival.isWatermark()) {
        EnrichedEvent event = copy(arrival.event());
        if (pipeline.enrich(event) == Dedupe.Verdict.NEW) {
          router.route(event);
          events.put(event.getEventId(), event);
        }
      }
    }
    return events;
  }

  private static RulePublication publication(Rule rule, String text) {
    return RulePublication.newBuilder()
        .setRuleId(rule.id())
        .setVersion(rule.version())
        .setStatus(PublicationStatus.LIVE)
        .setDocument(text)
        .setDocumentSha256(rule.textSha256())
        .setEffectiveFrom(Instant.EPOCH)
        .setAuthor("test")
        .setReason("test")
        .build();
  }
}
