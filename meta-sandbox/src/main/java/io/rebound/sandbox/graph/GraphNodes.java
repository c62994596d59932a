package io.rebound.sandbox.graph;

/** One kind of objects the Graph API knows, with what can be done to them. */
public interface GraphNodes {
  /** Whether an object of that id is one of these. */
  boolean has(String id);

  /** Does what is asked of the object. */
  Answer answer(GraphRequest request);

  /** How many audiences raise the limit of calls for them. */
  default int activeAudiences() {
    return 0;
  }

  /** Which part of Meta they belong to. */
  Area area();
}
