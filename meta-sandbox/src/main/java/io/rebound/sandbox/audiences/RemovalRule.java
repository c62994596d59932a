package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.GraphError;
import java.util.List;

/** An audience that delivers may not be made so small that its people could be told apart. */
final class RemovalRule {
  private RemovalRule() {}

  /** Refuses a removal that takes somebody out and leaves fewer than that. */
  static void check(Members members, List<List<String>> rows, int smallest) {
    int keys = rows.stream().mapToInt(List::size).sum();
    if (smallest == 0 || members.size() >= smallest + keys) {
      return; // most removals: even if each key meets somebody else, enough stay
    }
    int leaving = members.touched(rows);
    if (leaving > 0 && members.size() - leaving < smallest) {
      throw GraphError.of(403, 200, 1_870_047, "Permissions error")
          .forPeople(
              "Audience Too Small",
              "These people can't be removed because the audience would become too small.");
    }
  }
}
