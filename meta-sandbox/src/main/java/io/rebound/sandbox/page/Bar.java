package io.rebound.sandbox.page;

/** A bar beside its number; for the eye only, since the number says it all. */
final class Bar {
  private Bar() {}

  static Html of(double part, double whole) {
    double percent = whole <= 0 ? 0 : Math.clamp(part * 100 / whole, 0, 100);
    return Html.of(
        "<svg class=\"bar\" aria-hidden=\"true\"><rect width=\"100%\" height=\"100%\" class=\"rail\"/>"
            + "<rect width=\"{}%\" height=\"100%\"/></svg>",
        Math.round(percent));
  }
}
