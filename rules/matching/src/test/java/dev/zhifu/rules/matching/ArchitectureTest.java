package dev.zhifu.rules.matching;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.zhifu.rules.matching", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule knowsTheLibraryAndNotTheRuntime =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink.streaming..",
              "org.apache.flink.runtime..",
              "org.apache.flink.state..",
              "org.apache.kafka..",
              "dev.zhifu.jobs..",
              "dev.zhifu.rules.features..",
              "dev.zhifu.rules.scenario..")
          .because(
              "scenarios, trials and the job match with the same code, with or without a cluster");

  @ArchTest
  static final ArchRule knowsNoClock =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .because("a match is a matter of event time alone");
}
