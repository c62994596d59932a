package io.rebound.ingest.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.EventFormat;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.intake.Understood;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Understands a row of offline events as the server event it stands for, by the rules of server
 * events. Faults carry the name of their column.
 *
 * <p>A row without an id of its own gets one from what Meta tells offline events apart by, name,
 * time, order and item, with shop and products added; without an order, from the whole row. So a
 * file that is uploaded twice counts once.
 */
record OfflineFormat(RowTime time, EventFormat serverEvents) implements EventFormat {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final char REPLACEMENT = '\uFFFD';
  private static final Set<String> YES = Set.of("true", "yes", "y", "1");
  private static final Set<String> NO = Set.of("false", "no", "n", "0");

  @Override
  public Understood read(Element element) {
    var row = new Fields(element.json());
    if (row.has(ColumnMapping.SURPLUS)) {
      throw new InvalidEvent("row", "has more fields than the header");
    }
    ObjectNode event = JSON.createObjectNode();
    JsonNode other = row.json().path(ColumnMapping.OTHER);
    if (other instanceof ObjectNode unknown) {
      event.set("custom_data", unknown.deepCopy());
    }
    for (OfflineColumn column : OfflineColumn.values()) {
      List<String> values = row.texts(column.wireName());
      if (values.stream().anyMatch(value -> value.indexOf(REPLACEMENT) >= 0)) {
        throw new InvalidEvent(column.wireName(), "must be UTF-8");
      }
      if (!values.isEmpty() && !column.place().isEmpty()) {
        put(event, column, values);
      }
    }
    putBirthDate(event, row);
    putItem(event, row);
    putId(event, row);
    event.withObject("/user_data");
    try {
      return serverEvents.read(element.with(event));
    } catch (InvalidEvent why) {
      throw new InvalidEvent(OfflineColumn.nameOf(why.field()), why.reason());
    }
  }

  @Override
  public InvalidEvent named(InvalidEvent why) {
    InvalidEvent named = serverEvents.named(why);
    return new InvalidEvent(OfflineColumn.nameOf(named.field()), named.reason());
  }

  private void put(ObjectNode event, OfflineColumn column, List<String> values) {
    String pointer = "/" + column.place().replace('.', '/');
    int last = pointer.lastIndexOf('/');
    ObjectNode place = last == 0 ? event : event.withObject(pointer.substring(0, last));
    String name = pointer.substring(last + 1);
    String value = values.getFirst();
    switch (column) {
      case EVENT_TIME -> place.put(name, time.read(value).getEpochSecond());
      case VALUE -> place.put(name, Amount.plain(column.wireName(), value));
      case CONSENT_ADS, CONSENT_PROFILING, CONSENT_MESSAGING ->
          place.put(name, flag(column, value));
      case CONTENT_IDS -> {
        var ids = place.putArray(name);
        values.stream().flatMap(OfflineFormat::ids).forEach(ids::add);
      }
      default -> {
        if (column.several()) {
          var list = place.putArray(name);
          values.forEach(list::add);
        } else {
          place.put(name, value);
        }
      }
    }
  }

  private static Stream<String> ids(String list) {
    return Stream.of(list.split("[|,;]")).map(String::strip).filter(id -> !id.isEmpty());
  }

  private static boolean flag(OfflineColumn column, String value) {
    String word = value.toLowerCase(Locale.ROOT);
    if (!YES.contains(word) && !NO.contains(word)) {
      throw new InvalidEvent(column.wireName(), "must be true or false");
    }
    return YES.contains(word);
  }

  private static void putBirthDate(ObjectNode event, Fields row) {
    String year = row.text(OfflineColumn.BIRTH_YEAR.wireName());
    String month = row.text(OfflineColumn.BIRTH_MONTH.wireName());
    String day = row.text(OfflineColumn.BIRTH_DAY.wireName());
    if (year != null && month != null && day != null) {
      event.withObject("/user_data").put("db", year + "-" + two(month) + "-" + two(day));
    }
  }

  private static String two(String number) {
    return number.length() == 1 ? "0" + number : number;
  }

  /** A row of one product says how many of it at what price. */
  private static void putItem(ObjectNode event, Fields row) {
    String quantity = amount(row, OfflineColumn.QUANTITY);
    String price = amount(row, OfflineColumn.ITEM_PRICE);
    JsonNode ids = event.path("custom_data").path("content_ids");
    if (ids.size() != 1 || (quantity == null && price == null)) {
      return;
    }
    ObjectNode item =
        event.withObject("/custom_data").putArray("contents").addObject().set("id", ids.get(0));
    if (quantity != null) {
      item.put("quantity", quantity);
    }
    if (price != null) {
      item.put("item_price", price);
    }
  }

  private static @Nullable String amount(Fields row, OfflineColumn column) {
    String text = row.text(column.wireName());
    return text == null ? null : Amount.plain(column.wireName(), text);
  }

  private static void putId(ObjectNode event, Fields row) {
    JsonNode data = event.path("custom_data");
    if (event.has("event_id") || row.text(OfflineColumn.ORDER_ID.wireName()) == null) {
      return;
    }
    String what =
        Stream.of(
                event.path("event_name"),
                event.path("event_time"),
                data.path("order_id"),
                data.path("item_number"),
                data.path("content_ids"),
                data.path("store_data"))
            .map(JsonNode::toString)
            .reduce("offline", (all, part) -> all + '\n' + part);
    event.put("event_id", UUID.nameUUIDFromBytes(what.getBytes(UTF_8)).toString());
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "OfflineFormat[" + time.zone() + "]";
  }
}
