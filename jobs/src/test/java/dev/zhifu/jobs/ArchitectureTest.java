package dev.zhifu.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

@AnalyzeClasses(packages = "dev.zhifu.jobs", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule meetsConsoleAndCityOnTopicsAlone =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.zhifu.bank..",
              "dev.zhifu.console..",
              "dev.zhifu.workload..",
              "dev.zhifu.stack..",
              "dev.zhifu.ingress..")
          .because("jobs and console meet on topics only, and the engine never opens an identity");

  @ArchTest
  static final ArchRule hasNoClockOfItsOwn =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .because(
              "the same records give the same results on any day; time is the event's, or the tick's");

  @ArchTest
  static final ArchRule onlyTheDecisionJoinAsksForProcessingTime =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.zhifu.jobs.decide..")
          .should()
          .callMethod(org.apache.flink.streaming.api.TimerService.class, "currentProcessingTime")
          .orShould()
          .callMethod(
              org.apache.flink.streaming.api.TimerService.class,
              "registerProcessingTimeTimer",
              long.class)
          .because("only a bank that waits for its answer waits in real time (ADR-0012)");

  @ArchTest
  static final ArchRule whatTravelsKnowsTheContractsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.zhifu.jobs.flow..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("dev.zhifu.jobs.flow..", "dev.zhifu.wire..", "java..")
          .because("records between operators are shared by all of them");

  @ArchTest
  static final ArchRule onlyTheEdgeKnowsKafka =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.zhifu.jobs.io..", "dev.zhifu.jobs.topology..", "dev.zhifu.jobs")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..")
          .because("every other class runs from lists");

  @ArchTest
  static final ArchRule featuresOfTheJobDoNotKnowTheWiring =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.zhifu.jobs.topology..", "dev.zhifu.jobs.backtest..", "dev.zhifu.jobs")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.zhifu.jobs.topology..")
          .because("the wiring knows the operators, and none of them the wiring");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.zhifu.jobs.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule allStateIsFlinks =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveSimpleName("KryoSerializer")
          .because("Kryo's bytes do not outlive a change of class");
}
