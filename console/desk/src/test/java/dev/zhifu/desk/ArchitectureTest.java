package dev.zhifu.desk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.zhifu.desk.people.WallClock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.zhifu.desk", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule meetsTheJobsOnTopicsAlone =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.zhifu.jobs..",
              "dev.zhifu.workload..",
              "dev.zhifu.stack..",
              "org.apache.flink..");

  @ArchTest
  static final ArchRule oneClassReadsTheWallClock =
      noClasses()
          .that()
          .areNotAssignableTo(WallClock.class)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .because("legal terms and acts count ticks; WallClock says what else there is");

  @ArchTest
  static final ArchRule whatIsShownKnowsNoWebServer =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.zhifu.desk.view..", "dev.zhifu.desk.acts..", "dev.zhifu.desk.projection..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.javalin..");
}
