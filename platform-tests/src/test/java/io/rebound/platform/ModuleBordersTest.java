package io.rebound.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may know whom. The table of modules in docs/architecture.md in executable form. */
class ModuleBordersTest {
  private static final List<String> SERVICES =
      List.of("ingest", "identity", "segmentation", "capisync", "catalogfeed", "whatsapp");

  /** The closed list: a package is added here on purpose or not at all. */
  private static final Set<String> COMMON =
      Set.of(
          "events",
          "consumption",
          "matchkeys",
          "pseudonyms",
          "sealing",
          "security",
          "problems",
          "startup",
          "deadletters",
          "audit",
          "privacy");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.rebound");

  @Test
  void services_never_import_one_another() {
    for (String service : SERVICES) {
      String[] others =
          SERVICES.stream()
              .filter(other -> !other.equals(service))
              .map(other -> "io.rebound." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("io.rebound." + service + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(CLASSES);
    }
  }

  @Test
  void the_sandbox_shares_no_code_with_what_it_is_there_to_test() {
    classes()
        .that()
        .resideInAPackage("io.rebound.sandbox..")
        .should()
        .onlyDependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are its own or not ours",
                type ->
                    type.getPackageName().startsWith("io.rebound.sandbox")
                        || !type.getPackageName().startsWith("io.rebound")))
        .check(CLASSES);
  }

  @Test
  void meta_client_and_local_servers_import_nothing_of_ours() {
    for (String module : List.of("meta", "localservers")) {
      noClasses()
          .that()
          .resideInAPackage("io.rebound." + module + "..")
          .should()
          .dependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "are ours elsewhere",
                  type ->
                      type.getPackageName().startsWith("io.rebound.")
                          && !type.getPackageName().startsWith("io.rebound." + module)))
          .check(CLASSES);
    }
  }

  @Test
  void only_services_that_talk_to_meta_know_the_meta_client() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.rebound.ingest..", "io.rebound.identity..", "io.rebound.segmentation..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.rebound.meta..")
        .check(CLASSES);
  }

  @Test
  void each_package_of_common_lib_is_listed_and_used_by_two_services() {
    var users = new TreeMap<String, Set<String>>();
    for (JavaClass type : CLASSES) {
      String module = part(type.getPackageName());
      if (COMMON.contains(module)) {
        users.computeIfAbsent(module, _ -> new TreeSet<>());
      }
      if (SERVICES.contains(module)) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> part(dependency.getTargetClass().getPackageName()))
            .filter(COMMON::contains)
            .forEach(used -> users.computeIfAbsent(used, _ -> new TreeSet<>()).add(module));
      }
    }

    assertThat(users.keySet()).isEqualTo(new TreeSet<>(COMMON));
    assertThat(users).allSatisfy((used, by) -> assertThat(by).as(used).hasSizeGreaterThan(1));
  }

  @Test
  void no_service_has_cycles_between_its_features() {
    for (String service : SERVICES) {
      slices()
          .matching("io.rebound." + service + ".(*)..")
          .should()
          .beFreeOfCycles()
          .check(CLASSES);
    }
  }

  @Test
  void jackson_2_is_on_the_class_path_but_not_in_our_code() {
    noClasses()
        .that()
        .resideInAPackage("io.rebound..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson.databind..")
        .check(CLASSES);
  }

  private static String part(String packageName) {
    String[] parts = packageName.split("\\.");
    return parts.length > 2 && parts[0].equals("io") && parts[1].equals("rebound") ? parts[2] : "";
  }
}
