package dev.zhifu.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.zhifu.schemas.wire.SchemaRegistry;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.zhifu.schemas", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule knowsNoModuleAboveIt =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink..",
              "dev.zhifu.rules..",
              "dev.zhifu.jobs..",
              "dev.zhifu.bank..",
              "dev.zhifu.workload..",
              "dev.zhifu.stack..");

  @ArchTest
  static final ArchRule oneClassKnowsTheRegistryClient =
      noClasses()
          .that()
          .doNotBelongToAnyOf(SchemaRegistry.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.confluent..");

  @ArchTest
  static final ArchRule readsNoWallClock =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.zhifu.schemas.wire..",
              "dev.zhifu.schemas.topics..",
              "dev.zhifu.schemas.events..",
              "dev.zhifu.schemas.registry..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.zhifu.schemas.(*)..").should().beFreeOfCycles();
}
