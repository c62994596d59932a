package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The persons something happened to latest; the one longest left alone is forgotten first. */
@Component
public class PersonStore implements Journaled {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Journal journal;
  private final UserIds userIds;
  private final int most;
  private final Map<String, Person> persons = new LinkedHashMap<>();
  private final Map<String, String> numbers = new HashMap<>();

  PersonStore(Journal journal, UserIds userIds, SandboxProperties properties) {
    this.journal = journal;
    this.userIds = userIds;
    this.most = properties.bounds().persons();
  }

  /** The person with that number; one of whom nothing is known if they are new. */
  synchronized Person of(String number) {
    Person known = persons.get(number);
    return known == null ? Person.unknown(number, userIds.of(number)) : known;
  }

  /** The person with that id, if the business ever had to do with them. */
  synchronized Optional<Person> withUserId(String userId) {
    return Optional.ofNullable(numbers.get(userId)).map(this::of);
  }

  /** Changes what is known of a person, new or not. */
  synchronized Person change(String number, UnaryOperator<Person> change) {
    Person changed = change.apply(of(number));
    keep(changed);
    journal.append(kind(), () -> JSON.writeValueAsBytes(changed.shown()));
    return changed;
  }

  private void keep(Person person) {
    persons.remove(person.number());
    persons.put(person.number(), person);
    numbers.put(person.userId(), person.number());
    if (persons.size() > most) {
      Iterator<Person> oldest = persons.values().iterator();
      numbers.remove(oldest.next().userId());
      oldest.remove();
    }
  }

  /** Whether the customer service window is open: the person wrote within 24 hours. */
  public synchronized boolean windowOpen(String number, long now) {
    return of(number).windowOpen(now);
  }

  /** The one something happened to last comes first. */
  public synchronized List<Person> latest(int limit) {
    List<Person> all = List.copyOf(persons.values()).reversed();
    return all.subList(0, Math.min(limit, all.size()));
  }

  @Override
  public String kind() {
    return "persons";
  }

  @Override
  public synchronized void replay(JsonNode change) {
    keep(Person.restored(change));
  }

  @Override
  public synchronized void compact(Sink sink) throws IOException {
    for (Person person : persons.values()) {
      sink.accept(JSON.writeValueAsBytes(person.shown()));
    }
  }

  @Override
  public synchronized void clear() {
    persons.clear();
    numbers.clear();
    journal.clear(kind());
  }
}
