package io.rebound.segmentation.segments;

import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Lets tests of other packages put and delete segments. */
public final class Desk {
  private Desk() {}

  public static void put(ApplicationContext context, String name, JsonNode body) {
    context.getBean(SegmentDesk.class).put(name, body);
  }

  public static void delete(ApplicationContext context, String name) {
    context.getBean(SegmentDesk.class).delete(name);
  }
}
