package dev.zhifu.oracle;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.zhifu.oracle", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theLanguagesOracleKnowsNeitherEngineNorLibrary =
      noClasses()
          .that()
          .haveSimpleNameStartingWith("Spec")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..")
          .because("it is written from the language alone");

  @ArchTest
  static final ArchRule ofMatchingItSharesTheIdOfAHit =
      noClasses()
          .that()
          .haveSimpleNameStartingWith("Spec")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.zhifu.rules.matching..").and(not(simpleName("HitIds"))))
          .because("what the engine decides must not decide what it is compared with");

  @ArchTest
  static final ArchRule stockCepSharesNoPatternWithTheEngine =
      noClasses()
          .that()
          .haveSimpleName("StockCep")
          .or()
          .haveSimpleName("RulePatterns")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("dev.zhifu.rules.matching.PatternCompiler")
          .because("a fault in the engine's translation must show");
}
