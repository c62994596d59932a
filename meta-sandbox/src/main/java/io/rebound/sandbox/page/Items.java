package io.rebound.sandbox.page;

import io.rebound.sandbox.catalog.ItemStore;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue's items as a shop window, page by page. */
@RestController
class Items {
  private static final int A_PAGE = 12;
  private static final Pattern PICTURE = Pattern.compile("(?i)https?://.+");

  private final ItemStore items;

  Items(ItemStore items) {
    this.items = items;
  }

  @GetMapping(path = "/_sandbox/page/items", produces = PageDoor.HTML)
  String items(@RequestParam(defaultValue = "") String after) {
    return page(after).text();
  }

  /** The items behind that one; the list comes again by itself when the catalogue changes. */
  Html page(String after) {
    List<ObjectNode> found = items.after(after, A_PAGE + 1);
    List<ObjectNode> page = found.subList(0, Math.min(A_PAGE, found.size()));
    return Html.of(
        """
        <div id="items" hx-get="{}" hx-trigger="sse:catalogue" hx-swap="outerHTML">
        {}
        <p class="paging">{}{}</p>
        </div>
        """,
        path(after),
        page.isEmpty()
            ? Html.of("<p class=\"none\">No items here.</p>")
            : Html.of("<ul class=\"items\">{}</ul>", Html.each(page, Items::card)),
        Html.when(!after.isEmpty(), button("", "First page")),
        Html.when(
            found.size() > A_PAGE,
            button(page.isEmpty() ? "" : text(page.getLast(), "id"), "Next page")));
  }

  private static Html card(ObjectNode item) {
    String sale = text(item, "sale_price");
    String price = text(item, "price");
    return Html.of(
        """
        <li><span class="picture">{}</span><h3>{}</h3><p class="brand">{}</p>
        <p class="price">{}</p><p>{} {}</p><p><code>{}</code></p></li>
        """,
        picture(item),
        text(item, "title"),
        text(item, "brand"),
        sale.isBlank()
            ? Html.of("<strong>{}</strong>", price)
            : Html.of("<strong class=\"sale\">{}</strong> <s>{}</s>", sale, price),
        availability(text(item, "availability")),
        stock(item),
        text(item, "id"));
  }

  // behind it is the placeholder, which is what remains if it can't be loaded
  private static Html picture(ObjectNode item) {
    String link = text(item, "image_link");
    String address = link.isEmpty() ? item.path("image").path(0).path("url").asString("") : link;
    return Html.when(
        PICTURE.matcher(address).matches(),
        Html.of(
            "<img src=\"{}\" alt=\"\" loading=\"lazy\" referrerpolicy=\"no-referrer\">", address));
  }

  private static Html availability(String availability) {
    return Html.when(
        !availability.isEmpty(),
        Html.of(
            "<span class=\"pill {}\">{}</span>",
            availability.equals("in stock") ? "good" : "waiting",
            availability));
  }

  private static Html stock(ObjectNode item) {
    JsonNode stock = item.path("quantity_to_sell_on_facebook");
    JsonNode count = stock.isMissingNode() ? item.path("inventory") : stock;
    return Html.when(
        !count.isMissingNode() && !count.isNull(), Html.of("{} left", count.asString("")));
  }

  private static Html button(String after, String label) {
    return Html.of(
        "<button type=\"button\" hx-get=\"{}\" hx-target=\"#items\" hx-swap=\"outerHTML\">{}</button>",
        path(after),
        label);
  }

  private static String path(String after) {
    return "/_sandbox/page/items?after=" + UriUtils.encode(after, "UTF-8");
  }

  private static String text(ObjectNode item, String field) {
    return item.path(field).asString("");
  }
}
