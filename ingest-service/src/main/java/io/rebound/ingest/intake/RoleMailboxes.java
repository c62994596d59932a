package io.rebound.ingest.intake;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.rebound.events.IdentifierType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/**
 * Tells a role's or a test's address (info@, noreply@ …) from a person's. Only a door can: behind
 * it there are pseudonyms. An address that came hashed can't be told either.
 */
@Component
final class RoleMailboxes {
  private final Set<String> localParts;

  RoleMailboxes(RoleMailboxesProperties properties) {
    this.localParts =
        properties.roleMailboxes().stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(toUnmodifiableSet());
  }

  /**
   * Which addresses are a role's.
   *
   * @param roleMailboxes what stands before the {@code @}, exactly; an address with one of these
   *     links nobody
   */
  @ConfigurationProperties("rebound.ingest")
  record RoleMailboxesProperties(
      @DefaultValue({
            "info",
            "office",
            "sales",
            "support",
            "contact",
            "admin",
            "noreply",
            "no-reply",
            "test"
          })
          List<String> roleMailboxes) {}

  boolean isRole(RawIdentifier identifier) {
    if (identifier.type() != IdentifierType.EMAIL) {
      return false;
    }
    String address = identifier.value().strip();
    int at = address.indexOf('@');
    return at > 0 && localParts.contains(address.substring(0, at).toLowerCase(Locale.ROOT));
  }
}
