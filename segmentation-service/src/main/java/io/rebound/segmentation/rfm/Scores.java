package io.rebound.segmentation.rfm;

/** Which fifth of the customers somebody belongs to in each measure, 5 the best. */
public record Scores(int r, int f, int m) {
  public Label label() {
    return Label.of(r, f, m);
  }
}
