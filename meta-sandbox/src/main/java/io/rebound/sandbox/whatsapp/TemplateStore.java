package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The account's templates, by name and language. */
@Component
class TemplateStore implements Journaled {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long FIRST_ID = 7_000_000_000_000_001L;

  private final Journal journal;
  private final Clock clock;
  private final Map<String, Template> templates = new TreeMap<>();
  private final Map<String, String> keys = new HashMap<>();
  private final Map<String, Long> blocked = new HashMap<>();
  private long nextId = FIRST_ID;

  TemplateStore(Journal journal, Clock clock) {
    this.clock = clock;
    this.journal = journal;
  }

  /**
   * Keeps a new template.
   *
   * @param about with its status, without an id
   */
  synchronized Template create(ObjectNode about) {
    String key = key(about.path("name").asString(), about.path("language").asString());
    if (templates.containsKey(key)) {
      throw GraphError.invalidParameter(
          2388024,
          "Content in this language already exists",
          "There is already content in this language for this template");
    }
    if (blocked.getOrDefault(key, 0L) > clock.millis()) {
      throw GraphError.invalidParameter(
          2388023,
          "Message template language is being deleted",
          "New content can't be added while the existing content is being deleted. Try again in 4 weeks");
    }
    blocked.values().removeIf(until -> until <= clock.millis());
    return keep(new Template(about.put("id", String.valueOf(nextId++)), Answer.object()));
  }

  /** Changes a template; nothing happens if it is deleted by now. */
  synchronized Optional<Template> change(String id, UnaryOperator<Template> change) {
    return withId(id).map(change).map(this::keep);
  }

  private Template keep(Template template) {
    hold(template);
    journal.append(kind(), () -> put(template));
    return template;
  }

  private void hold(Template template) {
    templates.put(key(template.name(), template.language()), template);
    keys.put(template.id(), key(template.name(), template.language()));
  }

  /**
   * Deletes the template.
   *
   * @param blockedUntil when its name may be used again for its language; 0 at once
   */
  synchronized void delete(Template template, long blockedUntil) {
    ObjectNode change =
        Answer.object().put("op", "delete").put("id", template.id()).put("until", blockedUntil);
    forget(change);
    journal.append(kind(), () -> JSON.writeValueAsBytes(change));
  }

  private void forget(JsonNode deletion) {
    String key = keys.remove(deletion.path("id").asString(""));
    if (key != null) {
      templates.remove(key);
      blocked.put(key, deletion.path("until").asLong(0));
    }
  }

  synchronized Optional<Template> withId(String id) {
    return Optional.ofNullable(keys.get(id)).map(templates::get);
  }

  synchronized Optional<Template> find(String name, String language) {
    return Optional.ofNullable(templates.get(key(name, language)));
  }

  synchronized List<Template> all() {
    return List.copyOf(templates.values());
  }

  private static String key(String name, String language) {
    return name + " " + language;
  }

  private static byte[] put(Template template) {
    ObjectNode change = Answer.object().put("op", "put");
    change.set("template", template.kept());
    change.set("behind", template.behind());
    return JSON.writeValueAsBytes(change);
  }

  @Override
  public String kind() {
    return "templates";
  }

  @Override
  public synchronized void replay(JsonNode change) {
    switch (change.path("op").asString("")) {
      case "delete" -> forget(change);
      case "block" -> blocked.put(change.path("key").asString(""), change.path("until").asLong(0));
      default -> {
        if (change.path("template") instanceof ObjectNode kept) {
          var template =
              new Template(
                  kept,
                  change.path("behind") instanceof ObjectNode behind ? behind : Answer.object());
          hold(template);
          nextId = Math.max(nextId, Long.parseLong(template.id()) + 1);
        }
      }
    }
  }

  @Override
  public synchronized void compact(Sink sink) throws IOException {
    for (Template template : templates.values()) {
      sink.accept(put(template));
    }
    for (Map.Entry<String, Long> one : blocked.entrySet()) {
      sink.accept(
          JSON.writeValueAsBytes(
              Answer.object()
                  .put("op", "block")
                  .put("key", one.getKey())
                  .put("until", one.getValue())));
    }
  }

  @Override
  public synchronized void clear() {
    templates.clear();
    keys.clear();
    blocked.clear();
    journal.clear(kind());
  }
}
