package dev.zhifu.bank;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.zhifu.bank.check.KafkaLink;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.zhifu.bank", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule meetsTheEngineOnTopicsAlone =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.zhifu.jobs..",
              "dev.zhifu.rules..",
              "dev.zhifu.workload..",
              "dev.zhifu.stack..",
              "org.apache.flink..");

  @ArchTest
  static final ArchRule theBanksClockIsTheCores =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .because("the bank's systems say what time it is; the demo's run on the city's clock");

  @ArchTest
  static final ArchRule onlyTheTransportsKnowKafka =
      noClasses()
          .that()
          .doNotBelongToAnyOf(KafkaBankTransport.class, KafkaLink.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");
}
