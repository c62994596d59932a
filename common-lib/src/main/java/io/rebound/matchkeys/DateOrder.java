package io.rebound.matchkeys;

/**
 * In which order a source writes day and month. It is never guessed: where only the year's place is
 * known, {@code 2/3/1990} is nobody's birthday.
 */
public enum DateOrder {
  /** Only dates that begin with the year are understood. */
  YEAR_FIRST,
  MONTH_FIRST,
  DAY_FIRST
}
