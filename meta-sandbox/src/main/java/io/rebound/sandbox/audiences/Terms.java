package io.rebound.sandbox.audiences;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Whether a human accepted the Custom Audience terms for the business; no API call can. */
@Component
public class Terms implements Journaled {
  private final Journal journal;
  private final String adAccount;
  private final boolean atFirst;
  private volatile boolean accepted;

  Terms(Journal journal, SandboxProperties sandbox, AudiencesProperties audiences) {
    this.journal = journal;
    this.adAccount = sandbox.adAccount().replace("act_", "");
    this.atFirst = audiences.termsAccepted();
    this.accepted = atFirst;
  }

  public boolean accepted() {
    return accepted;
  }

  /** What the human does at Meta's page. */
  public synchronized void accept(boolean accept) {
    accepted = accept;
    journal.append(kind(), this::told);
  }

  /** Refuses creating and editing audiences as long as nobody accepted. */
  void check() {
    if (!accepted) {
      throw GraphError.of(403, 200, 1_870_090, "Permissions error")
          .forPeople(
              "Custom Audience Terms Not Accepted",
              "To create or edit an audience or an ad set, please agree to the Custom Audience"
                  + " terms: https://business.facebook.com/ads/manage/customaudiences/tos/?act="
                  + adAccount);
    }
  }

  private byte[] told() {
    return Answer.object().put("accepted", accepted).toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String kind() {
    return "terms";
  }

  @Override
  public void replay(JsonNode change) {
    accepted = change.path("accepted").asBoolean(atFirst);
  }

  @Override
  public void compact(Sink sink) throws IOException {
    if (accepted != atFirst) {
      sink.accept(told());
    }
  }

  @Override
  public synchronized void clear() {
    accepted = atFirst;
    journal.clear(kind());
  }
}
