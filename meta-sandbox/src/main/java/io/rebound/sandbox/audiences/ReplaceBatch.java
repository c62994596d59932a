package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.GraphError;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One batch of a replacement.
 *
 * @param sequence 1 starts the replacement
 * @param last whether the sender said that nothing more comes
 * @param estimated how many rows the sender expects in all; 0 if it didn't say
 * @param schema the columns' names
 * @param at when it came
 */
record ReplaceBatch(
    long session,
    long sequence,
    boolean last,
    long estimated,
    List<String> schema,
    long at,
    long received,
    long invalid,
    List<List<String>> rows) {

  /** Reads the session, which a replacement can't do without. */
  static ReplaceBatch of(JsonNode session, Upload upload, long at) {
    long id = session.path("session_id").asLong(0);
    long sequence = session.path("batch_seq").asLong(0);
    if (id <= 0 || sequence <= 0) {
      throw GraphError.invalidParameter(
          "The parameters session.session_id and session.batch_seq are required");
    }
    return new ReplaceBatch(
        id,
        sequence,
        session.path("last_batch_flag").asBoolean(false),
        session.path("estimated_num_total").asLong(0),
        upload.schema(),
        at,
        upload.received(),
        upload.invalid(),
        upload.rows());
  }

  /** All but the rows, for the journal. */
  ObjectNode kept() {
    ObjectNode kept =
        Answer.object()
            .put("session", session)
            .put("sequence", sequence)
            .put("last", last)
            .put("estimated", estimated)
            .put("at", at)
            .put("received", received)
            .put("invalid", invalid);
    schema.forEach(kept.putArray("schema")::add);
    return kept;
  }

  static ReplaceBatch restored(JsonNode kept, List<List<String>> rows) {
    return new ReplaceBatch(
        kept.path("session").asLong(0),
        kept.path("sequence").asLong(0),
        kept.path("last").asBoolean(false),
        kept.path("estimated").asLong(0),
        kept.path("schema").valueStream().map(name -> name.asString("")).toList(),
        kept.path("at").asLong(0),
        kept.path("received").asLong(0),
        kept.path("invalid").asLong(0),
        rows);
  }

  /** Never shows a key: this is personal data. */
  @Override
  public String toString() {
    return "ReplaceBatch[" + received + " rows, " + invalid + " invalid]";
  }
}
