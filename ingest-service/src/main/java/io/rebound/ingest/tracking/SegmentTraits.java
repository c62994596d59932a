package io.rebound.ingest.tracking;

import io.rebound.ingest.intake.Fields;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a message says about a person's properties: {@code traits}, then {@code context.traits}.
 *
 * @param places where there are traits, the nearest first
 * @param addresses of them, those where there is one
 */
record SegmentTraits(List<Place> places, List<Place> addresses) {

  /**
   * An object with traits in it.
   *
   * @param there those it has in some spelling, so that nobody looks for thirty others
   */
  record Place(Fields fields, Set<Trait> there) {
    static Place of(Fields fields) {
      var there = EnumSet.noneOf(Trait.class);
      for (Map.Entry<String, JsonNode> field : fields.json().properties()) {
        Trait trait = Trait.named(field.getKey());
        if (trait != null) {
          there.add(trait);
        }
      }
      return new Place(fields, there);
    }

    @Nullable String text(Trait trait) {
      return there.contains(trait) ? fields.text(trait.names()) : null;
    }

    /** Never shows a value: this is personal data. */
    @Override
    public String toString() {
      return "Place" + there;
    }
  }

  static SegmentTraits of(MessageType type, Fields message, Fields context) {
    Fields own = message.requiredObject("traits", "traits");
    Fields ofContext = context.requiredObject("traits", "context.traits");
    var places = new ArrayList<Place>(2);
    var addresses = new ArrayList<Place>(0);
    if (type != MessageType.GROUP) { // a group's own traits are the company's, not the person's
      add(own, places, addresses);
    }
    add(ofContext, places, addresses);
    return new SegmentTraits(places, addresses);
  }

  private static void add(Fields traits, List<Place> places, List<Place> addresses) {
    if (traits.json().isEmpty()) {
      return;
    }
    places.add(Place.of(traits));
    Fields address = traits.object("address");
    if (!address.json().isEmpty()) {
      addresses.add(Place.of(address));
    }
  }

  /** The first text that stands anywhere under one of the trait's names. */
  @Nullable String text(Trait trait) {
    return first(places, trait);
  }

  /** As {@link #text}; an address goes before what stands beside it. */
  @Nullable String ofAddress(Trait trait) {
    String text = first(addresses, trait);
    return text == null ? first(places, trait) : text;
  }

  private static @Nullable String first(List<Place> places, Trait trait) {
    for (int at = 0; at < places.size(); at++) {
      String text = places.get(at).text(trait);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "SegmentTraits[…]";
  }
}
