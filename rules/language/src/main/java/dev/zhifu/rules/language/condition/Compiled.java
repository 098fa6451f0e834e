package dev.zhifu.rules.language.condition;

import dev.zhifu.rules.language.StepCondition;
import java.util.List;
import java.util.Set;

/**
 * What came of one condition.
 *
 * @param condition the predicates; null exactly when there are faults
 * @param faults every fault found
 * @param features names of the features read
 * @param params names of the thresholds used
 * @param comparesSteps true when it names earlier steps
 * @param namesPhase true when it names {@code event.phase}
 * @param wasRead false when the text is no CEL at all, so that nothing is known of what it uses
 * @param bareNumbers offsets of thresholds that stand in the text instead of under parameters
 */
public record Compiled(
    StepCondition condition,
    List<Fault> faults,
    Set<String> features,
    Set<String> params,
    boolean comparesSteps,
    boolean namesPhase,
    boolean wasRead,
    List<Integer> bareNumbers) {}
