package dev.zhifu.workload;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses city =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.zhifu.workload");

  @Test
  void theCityKnowsNeitherRulesNorEngine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.zhifu.rules..", "dev.zhifu.jobs..", "dev.zhifu.bank..", "org.apache.flink..")
        .because("detection is measured on stories that were written without sight of it")
        .check(city);
  }

  @Test
  void theCityHasItsOwnTime() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .because("the same seed is the same city, whenever it is run")
        .check(city);
  }
}
