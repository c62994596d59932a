package io.rebound.matchkeys;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * In which order a source writes day and month. It is never guessed: where only the year's place is
 * known, {@code 2/3/1990} is nobody's birthday.
 */
public enum DateOrder {
  /** Only dates that begin with the year are understood. */
  @JsonProperty("year_first")
  YEAR_FIRST,
  @JsonProperty("month_first")
  MONTH_FIRST,
  @JsonProperty("day_first")
  DAY_FIRST
}
