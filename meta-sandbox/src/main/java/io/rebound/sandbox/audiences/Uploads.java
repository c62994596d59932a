package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.GraphError;
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
  private final Terms terms;
  private final AudiencesProperties.Samples samples;

  Uploads(AudienceStore audiences, Sessions sessions, Terms terms, AudiencesProperties properties) {
    this.audiences = audiences;
    this.sessions = sessions;
    this.terms = terms;
    this.samples = properties.samples();
  }

  Answer add(String audience, Params params) {
    terms.check();
    return taken(audience, params, upload -> audiences.add(audience, upload));
  }

  Answer remove(String audience, Params params) {
    terms.check();
    return taken(audience, params, upload -> audiences.remove(audience, upload));
  }

  Answer replace(String audience, String account, Params params) {
    terms.check();
    Upload upload = upload(audience, params);
    Sessions.Progress progress =
        audiences
            .replace(audience, params.json("session"), upload)
            .orElseThrow(() -> GraphError.unknownObject("POST", audience));
    ObjectNode answer = Answer.object().put("account_id", account).put("audience_id", audience);
    return told(answer, progress, upload);
  }

  /** Has no effect, without a word, as long as the terms aren't accepted. */
  Answer removeEverywhere(Params params) {
    return taken(
        "",
        params,
        upload -> {
          if (terms.accepted()) {
            audiences.removeEverywhere(upload);
          }
        });
  }

  private Answer taken(String audience, Params params, Consumer<Upload> effect) {
    JsonNode session = params.json("session");
    Upload upload = upload(audience, params);
    sessions.check(session);
    effect.accept(upload);
    Sessions.Progress progress = sessions.count(session, upload);
    ObjectNode answer = Answer.object();
    if (!audience.isEmpty()) {
      answer.put("audience_id", audience);
    }
    return told(answer, progress, upload);
  }

  private Upload upload(String audience, Params params) {
    boolean valueBased = audiences.valueBased(audience).orElse(false);
    return Upload.of(params.json("payload"), valueBased);
  }

  private Answer told(ObjectNode answer, Sessions.Progress progress, Upload upload) {
    answer
        .put("session_id", String.valueOf(progress.id()))
        .put("num_received", progress.received())
        .put("num_invalid_entries", progress.invalid());
    if (samples == AudiencesProperties.Samples.LIST) {
      upload.samples().values().forEach(answer.putArray("invalid_entry_samples")::add);
    } else {
      upload.samples().forEach(answer.putObject("invalid_entry_samples")::put);
    }
    return Answer.of(answer);
  }
}
