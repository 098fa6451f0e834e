package dev.zhifu.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(
    packages = {"dev.zhifu.rules.scenario", "dev.zhifu.rules.stream", "dev.zhifu.rules.cli"},
    importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule rulesAreTestedWithoutACluster =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink..",
              "org.apache.kafka..",
              "dev.zhifu.jobs..",
              "dev.zhifu.bank..",
              "dev.zhifu.workload..")
          .because("an analyst tries a rule in seconds, on a laptop, without sight of the city");

  @ArchTest
  static final ArchRule scenariosKnowNoCommands =
      noClasses()
          .that()
          .resideInAPackage("dev.zhifu.rules.scenario..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.zhifu.rules.cli..");

  @ArchTest
  static final ArchRule scenariosHaveTheirOwnTime =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .because("a scenario gives the same answer on any day");
}
