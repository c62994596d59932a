package io.rebound.meta;

import io.rebound.meta.GraphOutcome.Done;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Custom Audiences of an ad account ({@code act_…}): find, create, add people, remove people. */
public final class CustomAudiences {
  /** More in one request are refused. */
  public static final int MAX_ROWS = 10_000;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final GraphClient graph;

  CustomAudiences(GraphClient graph) {
    this.graph = graph;
  }

  /** An audience as the account's list shows it. */
  public record Audience(String id, String name) {}

  /**
   * People, as rows of hashed keys.
   *
   * @param schema Meta's names of the columns, for instance {@code EMAIL}, {@code PHONE}
   * @param data a row for each set of keys, empty where a key isn't known
   */
  public record Rows(List<String> schema, List<List<String>> data) {
    public Rows {
      schema = List.copyOf(schema);
      data = List.copyOf(data);
      if (data.isEmpty() || data.size() > MAX_ROWS) {
        throw new IllegalArgumentException("A request holds 1 to " + MAX_ROWS + " rows");
      }
    }

    /** Never shows a value: this is personal data. */
    @Override
    public String toString() {
      return "Rows[" + data.size() + " of " + schema + "]";
    }
  }

  /** What Meta got, not whom it knows: matching comes later and is never told. */
  public record Received(long rows, long invalid) {}

  /** Whether the account's audiences can be changed now; see {@link GraphClient#ready}. */
  public boolean ready(String adAccount) {
    return graph.ready(Endpoint.AUDIENCE_USERS, adAccount);
  }

  /** The account's audience of exactly that name; the first one if there are several. */
  public GraphOutcome<Optional<Audience>> findByName(String adAccount, String name) {
    @Nullable String after = null;
    while (true) {
      GraphOutcome<Page> outcome = page(adAccount, after);
      if (!(outcome instanceof Done<Page>(var page))) {
        return outcome.map(_ -> Optional.empty());
      }
      Optional<Audience> found =
          page.audiences().stream().filter(audience -> audience.name().equals(name)).findFirst();
      if (found.isPresent() || page.after() == null) {
        return new Done<>(found);
      }
      after = page.after();
    }
  }

  /**
   * Creates an audience for customer files. Not idempotent: after an unknown outcome look it up.
   */
  public GraphOutcome<String> create(String adAccount, String name, String description) {
    String body =
        JSON.writeValueAsString(
            Map.of(
                "name",
                name,
                "description",
                description,
                "subtype",
                "CUSTOM",
                "customer_file_source",
                "USER_PROVIDED_ONLY"));
    String path = Ids.checked(adAccount) + "/customaudiences";
    return graph.call(
        GraphCall.post(Endpoint.AUDIENCES, adAccount, path, body),
        answer -> answer.required("id").asString());
  }

  /** Adds people. Adding somebody twice is harmless, so this may be repeated. */
  public GraphOutcome<Received> add(String adAccount, String audienceId, Rows rows) {
    String path = Ids.checked(audienceId) + "/users";
    return graph.call(
        GraphCall.post(Endpoint.AUDIENCE_USERS, adAccount, path, upload(rows)).about(audienceId),
        CustomAudiences::received);
  }

  /** Removes people; removing somebody who isn't there is no error, so this may be repeated. */
  public GraphOutcome<Received> remove(String adAccount, String audienceId, Rows rows) {
    String path = Ids.checked(audienceId) + "/users";
    return graph.call(
        GraphCall.delete(Endpoint.AUDIENCE_USERS, adAccount, path, upload(rows)).about(audienceId),
        CustomAudiences::received);
  }

  // Each request is a session of its own: a session closes after 90 minutes, whatever came.
  private static String upload(Rows rows) {
    long session = ThreadLocalRandom.current().nextLong(1, 1L << 53);
    return JSON.writeValueAsString(
        Map.of(
            "session",
            Map.of(
                "session_id",
                session,
                "batch_seq",
                1,
                "last_batch_flag",
                true,
                "estimated_num_total",
                rows.data().size()),
            "payload",
            Map.of("schema", rows.schema(), "data", rows.data())));
  }

  private static Received received(JsonNode answer) {
    return new Received(
        answer.required("num_received").asLong(), answer.path("num_invalid_entries").asLong(0));
  }

  private record Page(List<Audience> audiences, @Nullable String after) {}

  private GraphOutcome<Page> page(String adAccount, @Nullable String after) {
    GraphCall call =
        GraphCall.get(Endpoint.AUDIENCES, adAccount, Ids.checked(adAccount) + "/customaudiences")
            .with("fields", "id,name")
            .with("limit", "100");
    return graph.call(after == null ? call : call.with("after", after), CustomAudiences::page);
  }

  // Only a missing "next" ends a list: a page may be short, or empty, and still have one.
  private static Page page(JsonNode answer) {
    List<Audience> audiences =
        answer
            .required("data")
            .valueStream()
            .map(one -> new Audience(one.path("id").asString(), one.path("name").asString("")))
            .toList();
    JsonNode paging = answer.path("paging");
    boolean last = paging.path("next").isMissingNode();
    return new Page(audiences, last ? null : paging.path("cursors").required("after").asString());
  }
}
