package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.rebound.audit.AuditAction;
import io.rebound.audit.Ground;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the audit promises to tell is told somewhere. */
class AuditedActionsTest {
  private static final ImportOption NO_TESTS = new ImportOption.DoNotIncludeTests();

  @ParameterizedTest
  @ValueSource(classes = {AuditAction.class, Ground.class})
  void each_word_of_the_audit_is_written_by_somebody(Class<? extends Enum<?>> words) {
    JavaClass known =
        new ClassFileImporter().withImportOption(NO_TESTS).importPackages("io.rebound").get(words);

    List<String> unused =
        List.of(words.getEnumConstants()).stream()
            .map(Enum::name)
            .filter(word ->
                known.getField(word).getAccessesToSelf().stream()
                    .allMatch(access -> access.getOriginOwner().equals(known)))
            .toList();

    assertThat(unused).isEmpty();
  }
}
