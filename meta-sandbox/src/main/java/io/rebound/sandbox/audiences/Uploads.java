package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Params;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows that come in to add people or to remove them. */
@Component
class Uploads {
  private final AudienceStore audiences;
  private final Sessions sessions;

  Uploads(AudienceStore audiences, Sessions sessions) {
    this.audiences = audiences;
    this.sessions = sessions;
  }

  Answer add(String audience, Params params) {
    return taken(audience, params, upload -> audiences.add(audience, upload));
  }

  Answer remove(String audience, Params params) {
    return taken(audience, params, upload -> audiences.remove(audience, upload));
  }

  Answer removeEverywhere(Params params) {
    return taken("", params, audiences::removeEverywhere);
  }

  private Answer taken(String audience, Params params, Consumer<Upload> effect) {
    JsonNode session = params.json("session");
    boolean valueBased = audiences.valueBased(audience).orElse(false);
    Upload upload = Upload.of(params.json("payload"), valueBased);
    sessions.check(session);
    effect.accept(upload);
    Sessions.Progress progress = sessions.count(session, upload);
    ObjectNode answer = Answer.object();
    if (!audience.isEmpty()) {
      answer.put("audience_id", audience);
    }
    answer
        .put("session_id", String.valueOf(progress.id()))
        .put("num_received", progress.received())
        .put("num_invalid_entries", progress.invalid());
    ObjectNode samples = answer.putObject("invalid_entry_samples");
    upload.samples().forEach(samples::put);
    return Answer.of(answer);
  }
}
