package io.rebound.segmentation.rfm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A word for a customer's scores, by recency and by the mean of frequency and monetary value
 * ("worth", rounded to the nearest, halves up). The table, with recency down and worth across:
 *
 * <pre>
 *        1            2            3                4            5
 *   5    new          promising    potential_loyal  loyal        champions
 *   4    promising    promising    potential_loyal  loyal        champions
 *   3    about_to_sleep about_to_sleep need_attention loyal      loyal
 *   2    hibernating  hibernating  at_risk          at_risk      cannot_lose
 *   1    lost         hibernating  at_risk          at_risk      cannot_lose
 * </pre>
 */
public enum Label {
  CHAMPIONS,
  LOYAL,
  POTENTIAL_LOYAL,
  NEW,
  PROMISING,
  NEED_ATTENTION,
  ABOUT_TO_SLEEP,
  AT_RISK,
  CANNOT_LOSE,
  HIBERNATING,
  LOST;

  private static final Label[][] BY_RECENCY_AND_WORTH = {
    {LOST, HIBERNATING, AT_RISK, AT_RISK, CANNOT_LOSE},
    {HIBERNATING, HIBERNATING, AT_RISK, AT_RISK, CANNOT_LOSE},
    {ABOUT_TO_SLEEP, ABOUT_TO_SLEEP, NEED_ATTENTION, LOYAL, LOYAL},
    {PROMISING, PROMISING, POTENTIAL_LOYAL, LOYAL, CHAMPIONS},
    {NEW, PROMISING, POTENTIAL_LOYAL, LOYAL, CHAMPIONS}
  };

  private final String wireName = name().toLowerCase(Locale.ROOT);

  public String wireName() {
    return wireName;
  }

  public static Label of(int r, int f, int m) {
    int worth = (f + m + 1) / 2;
    return BY_RECENCY_AND_WORTH[r - 1][worth - 1];
  }

  public static Optional<Label> find(String wireName) {
    return Arrays.stream(values()).filter(label -> label.wireName.equals(wireName)).findFirst();
  }
}
