package io.rebound.sandbox.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The latest messages. */
@Component
public class MessageStore implements Journaled {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Journal journal;
  private final int most;
  private final SecureRandom random = new SecureRandom();
  private final SequencedMap<String, SandboxMessage> messages = new LinkedHashMap<>();

  MessageStore(Journal journal, SandboxProperties properties) {
    this.journal = journal;
    this.most = properties.bounds().messages();
  }

  synchronized void add(SandboxMessage message) {
    keep(message);
    journal.append(kind(), () -> put(message));
  }

  private void keep(SandboxMessage message) {
    messages.put(message.wamid(), message);
    if (messages.size() > most) {
      messages.remove(messages.keySet().iterator().next());
    }
  }

  /** From now on the message has that status, unless it has come further or is forgotten. */
  synchronized void advance(String wamid, String status) {
    SandboxMessage known = messages.get(wamid);
    if (known == null || known.with(status) == known) {
      return;
    }
    messages.put(wamid, known.with(status));
    journal.append(
        kind(),
        () ->
            JSON.writeValueAsBytes(
                Answer.object().put("op", "status").put("wamid", wamid).put("status", status)));
  }

  synchronized Optional<SandboxMessage> find(String wamid) {
    return Optional.ofNullable(messages.get(wamid));
  }

  /** What the business sent to that number and is accepted, the latest first. */
  synchronized List<SandboxMessage> sentTo(String number) {
    return messages.sequencedValues().reversed().stream()
        .filter(one -> !one.inbound() && one.number().equals(number) && one.error() == 0)
        .toList();
  }

  /** In the order they came, behind the given number of them. */
  public synchronized List<SandboxMessage> after(int position, int limit) {
    return messages.values().stream().skip(position).limit(limit).toList();
  }

  /** The newest first. */
  public synchronized List<SandboxMessage> newest(int limit, Predicate<SandboxMessage> wanted) {
    return messages.sequencedValues().reversed().stream().filter(wanted).limit(limit).toList();
  }

  /** As Meta's ids are: whom it is for is in it, beside random bytes. */
  String newWamid(String person) {
    byte[] bytes = new byte[10];
    random.nextBytes(bytes);
    String inside = "HBgM" + person + "FQIAERgS" + HexFormat.of().withUpperCase().formatHex(bytes);
    return "wamid." + Base64.getEncoder().withoutPadding().encodeToString(inside.getBytes(UTF_8));
  }

  private static byte[] put(SandboxMessage message) {
    ObjectNode change = Answer.object().put("op", "put");
    change.set("message", message.shown());
    return JSON.writeValueAsBytes(change);
  }

  @Override
  public String kind() {
    return "messages";
  }

  @Override
  public synchronized void replay(JsonNode change) {
    if (change.path("op").asString("").equals("status")) {
      messages.computeIfPresent(
          change.path("wamid").asString(""),
          (_, message) -> message.with(change.path("status").asString("")));
    } else {
      keep(SandboxMessage.restored(change.path("message")));
    }
  }

  @Override
  public synchronized void compact(Sink sink) throws IOException {
    for (SandboxMessage message : messages.values()) {
      sink.accept(put(message));
    }
  }

  @Override
  public synchronized void clear() {
    messages.clear();
    journal.clear(kind());
  }
}
