package io.rebound.meta;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Graph API's versions, newest first, from Meta's changelog. Two clocks run: the Graph API, and
 * with it the Conversions API, keeps a version until two years after the next one appears; the
 * Marketing API, and with it audiences and catalogues, at least 90 days. A new version is a row on
 * top and the end of the one below; {@code GraphVersionsTest} fails 90 days before the version in
 * use ends.
 */
final class GraphVersions {
  private static final List<Version> NEWEST_FIRST =
      List.of(
          new Version("v26.0", "2026-07-29", null, null),
          // the Marketing API's end wasn't announced; it can't be before 2026-10-27
          new Version("v25.0", "2026-02-18", "2028-07-29", null),
          new Version("v24.0", "2025-10-08", "2028-02-18", "2026-10-06"));

  /** How long before a version ends it is time to change. */
  static final int WARN_DAYS = 90;

  private GraphVersions() {}

  /**
   * A version.
   *
   * @param graphUntil the last day of the Graph API's and the Conversions API's version; null if
   *     Meta hasn't decided
   * @param marketingUntil the same for the Marketing API
   */
  record Version(
      String name,
      LocalDate introduced,
      @Nullable LocalDate graphUntil,
      @Nullable LocalDate marketingUntil) {

    private Version(
        String name, String introduced, @Nullable String graphUntil, @Nullable String marketing) {
      this(name, LocalDate.parse(introduced), day(graphUntil), day(marketing));
    }

    private static @Nullable LocalDate day(@Nullable String date) {
      return date == null ? null : LocalDate.parse(date);
    }

    /** The day from which on some of our calls may fail; empty if none is announced. */
    Optional<LocalDate> retired() {
      if (graphUntil == null || marketingUntil == null) {
        return Optional.ofNullable(marketingUntil == null ? graphUntil : marketingUntil);
      }
      return Optional.of(graphUntil.isBefore(marketingUntil) ? graphUntil : marketingUntil);
    }
  }

  /** The newest one and the one before: what this client is tested with. */
  static List<Version> supported() {
    return NEWEST_FIRST.subList(0, 2);
  }

  static Optional<Version> find(String name) {
    return NEWEST_FIRST.stream().filter(version -> version.name().equals(name)).findFirst();
  }

  /** What operators should know of the version in use; empty if there is nothing to do. */
  static Optional<String> remark(String name, LocalDate today) {
    Optional<Version> version = find(name);
    if (version.isEmpty()) {
      return Optional.of("this client wasn't tested with it");
    }
    return version
        .flatMap(Version::retired)
        .filter(day -> !today.plusDays(WARN_DAYS).isBefore(day))
        .map(day ->
            "it is retired from " + day + " on, raise it to " + NEWEST_FIRST.getFirst().name());
  }
}
