package io.rebound.sandbox.calls;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The latest Graph calls, and how much of each limit the latest answers said is used. */
@Component
public final class CallLog {
  private static final int MOST = 500;
  private static final int MOST_LIMITS = 50;

  private final ArrayDeque<LoggedCall> calls = new ArrayDeque<>();
  private final Map<String, Long> usage = new TreeMap<>();
  private long count;

  synchronized void add(LoggedCall call, Map<String, Long> told) {
    count++;
    calls.addFirst(call);
    if (calls.size() > MOST) {
      calls.removeLast();
    }
    told.forEach((limit, percent) -> {
      if (usage.size() < MOST_LIMITS || usage.containsKey(limit)) {
        usage.put(limit, percent);
      }
    });
  }

  /** The newest first. */
  public synchronized List<LoggedCall> newest(int limit) {
    return calls.stream().limit(limit).toList();
  }

  /** How many came since the start or the latest reset, also those forgotten by now. */
  public synchronized long count() {
    return count;
  }

  /** Percents by the limit's name: {@code app}, {@code custom_audience}, {@code whatsapp} … */
  public synchronized Map<String, Long> usage() {
    return Map.copyOf(usage);
  }

  public synchronized void clear() {
    calls.clear();
    usage.clear();
    count = 0;
  }
}
