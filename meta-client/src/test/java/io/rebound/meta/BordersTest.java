package io.rebound.meta;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.rebound.meta")
class BordersTest {
  @ArchTest
  static final ArchRule depends_on_nothing_of_ours =
      noClasses()
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are of another module of ours",
                  (JavaClass other) ->
                      other.getPackageName().startsWith("io.rebound.")
                          && !other.getPackageName().startsWith("io.rebound.meta")));

  @ArchTest
  static final ArchRule reads_json_with_jackson_3_alone =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson.databind..");
}
