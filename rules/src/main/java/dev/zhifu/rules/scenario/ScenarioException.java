package dev.zhifu.rules.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario file has faults; all of them are named. */
public final class ScenarioException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ScenarioProblem> problems;

  ScenarioException(List<ScenarioProblem> problems) {
    super(problems.stream().map(ScenarioProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** The faults in the order of the file. */
  public List<ScenarioProblem> problems() {
    return problems;
  }
}
