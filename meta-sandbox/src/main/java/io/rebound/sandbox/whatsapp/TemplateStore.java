package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
  private final Map<String, Template> templates = new TreeMap<>();
  private long nextId = FIRST_ID;

  TemplateStore(Journal journal) {
    this.journal = journal;
  }

  synchronized Template create(ObjectNode about) {
    String key = key(about.path("name").asString(), about.path("language").asString());
    if (templates.containsKey(key)) {
      throw GraphError.invalidParameter(
          2388024,
          "Content in this language already exists",
          "There is already content in this language for this template");
    }
    var template = new Template(about.put("id", String.valueOf(nextId++)));
    templates.put(key, template);
    journal.append(kind(), () -> put(template));
    return template;
  }

  /** All languages of that name; whether there were any. */
  synchronized boolean delete(String name) {
    boolean known = templates.values().removeIf(template -> template.name().equals(name));
    if (known) {
      journal.append(
          kind(),
          () -> JSON.writeValueAsBytes(Answer.object().put("op", "delete").put("name", name)));
    }
    return known;
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
    return JSON.writeValueAsBytes(change);
  }

  @Override
  public String kind() {
    return "templates";
  }

  @Override
  public synchronized void replay(JsonNode change) {
    if (change.path("op").asString("").equals("delete")) {
      String name = change.path("name").asString("");
      templates.values().removeIf(template -> template.name().equals(name));
    } else if (change.path("template") instanceof ObjectNode kept) {
      var template = new Template(kept);
      templates.put(key(template.name(), template.language()), template);
      nextId = Math.max(nextId, Long.parseLong(template.id()) + 1);
    }
  }

  @Override
  public synchronized void compact(Sink sink) throws IOException {
    for (Template template : templates.values()) {
      sink.accept(put(template));
    }
  }

  @Override
  public synchronized void clear() {
    templates.clear();
    journal.clear(kind());
  }
}
