package dev.zhifu.rules.language.condition;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.zhifu.rules.language.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compiles the condition of one step. */
public final class ConditionCompiler {
  /** Whole numbers and decimals may be compared with each other, as people do. */
  static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

  private static final Pattern OVERLOAD =
      Pattern.compile(
          "found no matching overload for '(.+?)' applied to '\\((.*?)\\)'.*", Pattern.DOTALL);
  private static final Pattern NAME =
      Pattern.compile(".*(undeclared reference|undefined field).*", Pattern.DOTALL);
  private static final Pattern RESULT =
      Pattern.compile("expected type 'bool' but found '(.+?)'.*", Pattern.DOTALL);

  private final Scope scope;
  private final Names names;

  /** A compiler for conditions of one step. */
  public ConditionCompiler(Scope scope) {
    this.scope = scope;
    this.names = new Names(scope);
  }

  /**
   * Compiles a condition.
   *
   * @param text CEL; null for a step that takes every event of its kinds
   * @return the predicates, or every fault
   */
  public Compiled compile(String text) {
    if (text == null) {
      return new Compiled(
          condition(List.of(), List.of(), true, List.of()),
          List.of(),
          Set.of(),
          Set.of(),
          false,
          false,
          true,
          List.of());
    }
    CelCompiler compiler = celCompiler(names);
    CelValidationResult parsed = compiler.parse(text);
    if (parsed.hasError()) {
      return failed(syntaxFaults(parsed), null);
    }
    CelAbstractSyntaxTree untyped = tree(parsed);
    Reader reader = new Reader(names, untyped.getSource());
    reader.read(untyped.getExpr());
    CelValidationResult checked = compiler.check(untyped);
    if (checked.hasError() || !reader.faults().isEmpty()) {
      List<Fault> faults = new ArrayList<>(reader.faults());
      faults.addAll(typeFaults(checked, !faults.isEmpty()));
      return failed(faults, reader);
    }
    return build(tree(checked), reader);
  }

  private Compiled build(CelAbstractSyntaxTree tree, Reader reader) {
    NodeBuilder builder = new NodeBuilder(tree, names, reader);
    List<Node.Truth> alone = new ArrayList<>();
    List<Node.Truth> withPartial = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    Questions questions = new Questions(scope.params());
    for (CelExpr conjunct : Syntax.conjuncts(tree.getExpr())) {
      builder.forget();
      Node.Truth node = builder.truth(conjunct);
      if (builder.readsPartial()) {
        withPartial.add(node);
      } else {
        alone.add(node);
        checks.add(questions.check(conjunct, node));
      }
    }
    if (!reader.faults().isEmpty()) {
      return failed(reader.faults(), reader);
    }
    return new Compiled(
        condition(alone, withPartial, !reader.namesPhase(), checks),
        List.of(),
        reader.features(),
        reader.params(),
        reader.comparesSteps(),
        reader.namesPhase(),
        true,
        reader.bareNumbers());
  }

  private CompiledCondition condition(
      List<Node.Truth> alone,
      List<Node.Truth> withPartial,
      boolean defaultPhase,
      List<Check> checks) {
    return new CompiledCondition(
        scope.kinds(),
        defaultPhase,
        alone.toArray(Node.Truth[]::new),
        withPartial.toArray(Node.Truth[]::new),
        checks);
  }

  private static Compiled failed(List<Fault> faults, Reader reader) {
    Set<String> params = reader == null ? Set.of() : reader.params();
    return new Compiled(
        null, List.copyOf(faults), Set.of(), params, false, false, reader != null, List.of());
  }

  /** CEL's compiler with the names, types and functions of a scope. */
  static CelCompiler celCompiler(Names names) {
    Map<String, CelType> types = new LinkedHashMap<>();
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.HAS)
            .setResultType(SimpleType.BOOL)
            .addFunctionDeclarations(Functions.declarations());
    names
        .celVariables()
        .forEach(
            (name, type) -> {
              builder.addVar(name, type);
              collect(type, types);
            });
    return builder.setTypeProvider(new Types(types)).build();
  }

  private static void collect(CelType type, Map<String, CelType> types) {
    if (type instanceof StructType struct && types.put(struct.name(), struct) == null) {
      struct.fields().forEach(field -> collect(field.type(), types));
    }
  }

  private static CelAbstractSyntaxTree tree(CelValidationResult result) {
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException(
          "CEL reported no error and yet has no tree: " + e.getMessage(), e);
    }
  }

  private static List<Fault> syntaxFaults(CelValidationResult result) {
    CelIssue first = result.getErrors().get(0);
    String said = first.getMessage().replaceAll("\\s+", " ");
    String what =
        "the condition cannot be read: "
            + (said.length() > 160 ? said.substring(0, 160) + "…" : said);
    return List.of(
        new Fault(
            offset(first, result.getSource()),
            what,
            "check brackets, quotes and operators at this place"));
  }

  private static List<Fault> typeFaults(CelValidationResult result, boolean namesReported) {
    List<Fault> faults = new ArrayList<>();
    for (CelIssue issue : result.getErrors()) {
      boolean aboutName = NAME.matcher(issue.getMessage()).matches();
      if (!(namesReported && aboutName)) {
        faults.add(typeFault(issue, offset(issue, result.getSource())));
      }
    }
    return faults;
  }

  private static Fault typeFault(CelIssue issue, int offset) {
    Matcher overload = OVERLOAD.matcher(issue.getMessage());
    if (overload.matches()) {
      String what =
          "'" + Syntax.written(overload.group(1)) + "' does not take (" + overload.group(2) + ")";
      return new Fault(
          offset, what, "give both sides the same type; double(x) makes a whole number a decimal");
    }
    Matcher result = RESULT.matcher(issue.getMessage());
    if (result.matches()) {
      return new Fault(
          offset,
          "the condition gives a value of type " + result.group(1),
          "write a comparison: it must be true or false");
    }
    return new Fault(
        offset, issue.getMessage(), "compare names of the event with values of the same type");
  }

  private static int offset(CelIssue issue, CelSource source) {
    int line = issue.getSourceLocation().getLine();
    int column = issue.getSourceLocation().getColumn();
    return line < 1 || column < 0 ? 0 : source.getLocationOffset(line, column).orElse(0);
  }

  /** The record types of one scope. */
  private record Types(Map<String, CelType> byName) implements CelTypeProvider {
    @Override
    public ImmutableList<CelType> types() {
      return ImmutableList.copyOf(byName.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
      return Optional.ofNullable(byName.get(name));
    }
  }
}
