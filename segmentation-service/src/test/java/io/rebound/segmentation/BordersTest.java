package io.rebound.segmentation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may know what. */
@AnalyzeClasses(
    packages = "io.rebound.segmentation",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  @ArchTest
  static final ArchRule noOtherServiceIsKnown =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.rebound.ingest..",
              "io.rebound.identity..",
              "io.rebound.capisync..",
              "io.rebound.catalogfeed..",
              "io.rebound.whatsapp..",
              "io.rebound.meta..");

  @ArchTest
  static final ArchRule featuresDontDependOnEachOtherInCircles =
      slices().matching("io.rebound.segmentation.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule rulesKnowNeitherDatabaseNorFramework =
      classes()
          .that()
          .resideInAPackage("io.rebound.segmentation.rules")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "tools.jackson..",
              "org.jspecify..",
              "io.rebound.problems",
              "io.rebound.segmentation.rfm",
              "io.rebound.segmentation.rules");
}
