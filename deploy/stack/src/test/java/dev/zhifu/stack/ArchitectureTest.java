package dev.zhifu.stack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.zhifu.stack", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule startsTheEngineAsAProcess =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.zhifu.jobs..", "org.apache.flink..")
          .because(
              "the job that runs here is the one that a cluster gets, with its own class path");

  @ArchTest
  static final ArchRule onlyTheDemoAndItsCommandsKnowCityAndBanks =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.zhifu.stack.demo..",
              "dev.zhifu.stack.cli..",
              "dev.zhifu.stack.gateway..",
              "dev.zhifu.stack.path..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.zhifu.workload..", "dev.zhifu.bank..")
          .because("the stack serves whoever writes to its topics");

  @ArchTest
  static final ArchRule processesAreWatchedWhateverTheyRun =
      noClasses()
          .that()
          .resideInAPackage("dev.zhifu.stack.process..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.zhifu.stack.demo..", "dev.zhifu.stack.broker..", "dev.zhifu.stack.flink..");
}
