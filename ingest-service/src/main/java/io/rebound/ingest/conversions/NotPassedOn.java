package io.rebound.ingest.conversions;

import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.EventsBody;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.sources.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Names what of a request's events goes no further, so that nobody misses it without knowing. */
final class NotPassedOn {
  private static final int MOST = 20;
  private static final List<String> OF_THE_REQUEST = List.of("platforms", "progress");
  private static final Set<String> OF_AN_ITEM =
      Set.of(
          "id",
          "quantity",
          "item_price",
          "title",
          "description",
          "brand",
          "category",
          "delivery_category");

  private NotPassedOn() {}

  /** Sentences, at most a few. */
  static List<String> of(EventsBody body, Source source) {
    Predicate<String> custom =
        name -> MetaCustomData.knows(name) || source.allowedProperties().contains(name);
    var left = new LinkedHashSet<String>();
    OF_THE_REQUEST.stream().filter(body.envelope()::has).forEach(left::add);
    for (Element element : body.events()) {
      var event = new Fields(element.json());
      add(left, "", event, ServerEventFields::knows);
      add(left, "user_data.", event.object("user_data"), ConversionsPerson::knows);
      if (event.object("custom_data").json().isObject()) {
        Fields given = MetaCustomData.given(event);
        add(left, "custom_data.", given, custom);
        given
            .objects("contents")
            .forEach(item -> add(left, "custom_data.contents.", item, OF_AN_ITEM::contains));
      }
      if (left.size() > MOST) {
        break;
      }
    }
    var sentences = new ArrayList<String>();
    left.stream().limit(MOST).forEach(path -> sentences.add(path + " is not passed on"));
    return sentences;
  }

  private static void add(Set<String> left, String path, Fields object, Predicate<String> known) {
    for (String name : object.json().propertyNames()) {
      if (!known.test(name)) {
        left.add(path + name);
      }
    }
  }
}
