package io.rebound.sandbox.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The latest messages, and when each person last wrote. */
@Component
public class MessageStore implements Journaled {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration WINDOW = Duration.ofHours(24);

  private final Journal journal;
  private final Clock clock;
  private final int most;
  private final SecureRandom random = new SecureRandom();
  private final LinkedHashMap<String, SandboxMessage> messages = new LinkedHashMap<>();
  private final Map<String, Long> lastWrote = new HashMap<>();

  MessageStore(Journal journal, Clock clock, SandboxProperties properties) {
    this.journal = journal;
    this.clock = clock;
    this.most = properties.bounds().messages();
  }

  synchronized void add(SandboxMessage message) {
    keep(message);
    journal.append(kind(), () -> put(message));
  }

  private void keep(SandboxMessage message) {
    messages.put(message.wamid(), message);
    if (message.inbound()) {
      lastWrote.merge(message.number(), message.at(), Math::max);
    }
    if (messages.size() > most) {
      messages.remove(messages.keySet().iterator().next());
    }
  }

  /** The message in its new status; empty if it is forgotten by now. */
  synchronized Optional<SandboxMessage> advance(String wamid, String status) {
    SandboxMessage known = messages.get(wamid);
    if (known == null) {
      return Optional.empty();
    }
    SandboxMessage advanced = known.with(status);
    messages.put(wamid, advanced);
    journal.append(
        kind(),
        () ->
            JSON.writeValueAsBytes(
                Answer.object().put("op", "status").put("wamid", wamid).put("status", status)));
    return Optional.of(advanced);
  }

  /** Whether the customer service window is open: the person wrote within 24 hours. */
  public synchronized boolean windowOpen(String number) {
    Long wrote = lastWrote.get(number);
    return wrote != null && wrote + WINDOW.toMillis() > clock.millis();
  }

  synchronized List<SandboxMessage> open() {
    return messages.values().stream().filter(SandboxMessage::open).toList();
  }

  /** In the order they came, behind the given number of them. */
  public synchronized List<SandboxMessage> after(int position, int limit) {
    return messages.values().stream().skip(position).limit(limit).toList();
  }

  /** The newest first. */
  public synchronized List<SandboxMessage> newest(int limit, Predicate<SandboxMessage> wanted) {
    return messages.sequencedValues().reversed().stream().filter(wanted).limit(limit).toList();
  }

  /** As Meta's ids are: the number is in it, beside random bytes. */
  String newWamid(String number) {
    byte[] bytes = new byte[10];
    random.nextBytes(bytes);
    String inside = "HBgM" + number + "FQIAERgS" + HexFormat.of().withUpperCase().formatHex(bytes);
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
    lastWrote.clear();
    journal.clear(kind());
  }
}
