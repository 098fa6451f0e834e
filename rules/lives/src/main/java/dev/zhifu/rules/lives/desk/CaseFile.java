package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All lives of one case, each as its newest transition. */
public final class CaseFile {

  private final String caseId;
  private final Map<String, LifeTransition> lives;
  private final Map<String, LifeTransition> changed = new TreeMap<>();

  /**
   * @param caseId the case
   * @param lives its lives by object id, as they were kept
   */
  public CaseFile(String caseId, Map<String, LifeTransition> lives) {
    this.caseId = caseId;
    this.lives = new TreeMap<>(lives);
  }

  public String caseId() {
    return caseId;
  }

  /** The life of an object; null when there is none. */
  public LifeTransition get(String objectId) {
    return lives.get(objectId);
  }

  /** All lives of a kind, by object id. */
  public List<LifeTransition> all(LifeKind kind) {
    return lives.values().stream().filter(life -> life.getKind() == kind).toList();
  }

  public List<LifeTransition> all() {
    return List.copyOf(lives.values());
  }

  public int size() {
    return lives.size();
  }

  /** What has to be kept anew, by object id. */
  public Map<String, LifeTransition> changed() {
    return Map.copyOf(changed);
  }

  /** State of the case itself; empty when recovery does not know it yet, and for a risk hold. */
  public Optional<CaseState> caseState() {
    return Optional.ofNullable(lives.get(caseId))
        .filter(life -> life.getKind() == LifeKind.CASE)
        .map(life -> CaseState.valueOf(life.getState()));
  }

  /** True when the case is filed and neither withdrawn nor closed. */
  public boolean filed() {
    return caseState().filter(CaseTable.FILED_STATES::contains).isPresent();
  }

  /** When the next clock of any life rings; empty when none runs. */
  public Optional<Instant> nextClock() {
    return lives.values().stream()
        .flatMap(life -> life.getClocks().stream())
        .map(clock -> clock.getDueAt())
        .min(Comparator.naturalOrder());
  }

  /** Keeps the newest transition of a life. */
  void put(LifeTransition life) {
    lives.put(life.getObjectId(), life);
    changed.put(life.getObjectId(), life);
  }
}
