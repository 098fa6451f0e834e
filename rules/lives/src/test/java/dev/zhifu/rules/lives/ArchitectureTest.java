package dev.zhifu.rules.lives;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The lives are pure: neither Flink nor Kafka, and no clock of their own. */
@AnalyzeClasses(
    packages = "dev.zhifu.rules.lives",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NEITHER_FLINK_NOR_KAFKA =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "dev.zhifu.jobs..");

  @ArchTest
  static final ArchRule NO_REFLECTION =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("java.lang.reflect..");

  @ArchTest
  static final ArchRule NO_WALL_CLOCK =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now");
}
