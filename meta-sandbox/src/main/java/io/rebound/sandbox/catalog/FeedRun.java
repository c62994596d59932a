package io.rebound.sandbox.catalog;

import io.rebound.sandbox.catalog.ItemRules.Flaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Works out what a feed's file comes to; changes nothing but the list of problems. */
final class FeedRun {
  private final FeedContent content;
  private final FeedProblems problems;
  private int room;

  /**
   * @param room how many items more the catalogue takes
   */
  FeedRun(FeedContent content, FeedProblems problems, int room) {
    this.content = content;
    this.problems = problems;
    this.room = room;
  }

  List<Item> puts(Map<String, Item> items, Supplier<String> newId) {
    List<Item> puts = new ArrayList<>();
    content
        .rows()
        .forEach((id, row) -> {
          Item before = items.get(id);
          ObjectNode data = good(id, row, before);
          if (data == null) {
            return;
          }
          if (before == null && room-- <= 0) {
            problems.row(
                row.number(),
                id,
                "CATALOG_FULL",
                "The catalog has reached its maximum number of items");
            return;
          }
          puts.add(new Item(before == null ? newId.get() : before.id(), data, content.feed));
        });
    return puts;
  }

  /** The feed's items that its file doesn't mention; other items are none of its business. */
  List<String> removed(Map<String, Item> items) {
    if (!content.deletes) {
      return List.of();
    }
    return items.values().stream()
        .filter(item -> item.feed().equals(content.feed))
        .map(Item::retailerId)
        .filter(id -> !content.mentions(id))
        .toList();
  }

  private @Nullable ObjectNode good(String id, FeedContent.Row row, @Nullable Item before) {
    ObjectNode data = row.fields();
    if (content.updateOnly && before != null) {
      data = before.data().deepCopy();
      data.setAll(row.fields());
    }
    boolean fatal = false;
    for (Flaw flaw : ItemRules.flawsInFeed(data)) {
      problems.row(row.number(), id, flaw);
      fatal |= flaw.fatal();
      data.remove(flaw.field());
    }
    return fatal ? null : data;
  }
}
