package dev.zhifu.ingress;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.zhifu.ingress", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule standsOnSchemasAlone =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.zhifu.rules..",
              "dev.zhifu.jobs..",
              "dev.zhifu.bank..",
              "dev.zhifu.workload..",
              "dev.zhifu.stack..",
              "org.apache.flink..",
              "org.apache.kafka..");

  @ArchTest
  static final ArchRule readsNoWallClock =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .because("the caller says when an opening was asked for");
}
