package io.rebound.sandbox.page;

import io.rebound.sandbox.catalog.ItemStore;
import org.springframework.stereotype.Component;

/** How many items the catalogue has. Its events also tell the list of items to come again. */
@Component
class CatalogueSize implements Section {
  private final ItemStore items;

  CatalogueSize(ItemStore items) {
    this.items = items;
  }

  @Override
  public String name() {
    return "catalogue";
  }

  @Override
  public Html html() {
    return Html.of(
        "<span data-revision=\"{}\">{}</span>",
        items.revision(),
        Words.counted(items.count(), "item", "items"));
  }
}
