package io.rebound.sandbox.audiences;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Area;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import io.rebound.sandbox.graph.Paging;
import io.rebound.sandbox.graph.Params;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The ad account: its audiences are listed and created here. */
@Component
class AdAccount implements GraphNodes {
  private static final int MOST_CUSTOMER_FILES = 500;
  private static final Set<String> SOURCES =
      Set.of("USER_PROVIDED_ONLY", "PARTNER_PROVIDED_ONLY", "BOTH_USER_AND_PARTNER_PROVIDED");

  private final String id;
  private final AudienceStore audiences;
  private final Uploads uploads;
  private final Terms terms;

  AdAccount(SandboxProperties properties, AudienceStore audiences, Uploads uploads, Terms terms) {
    this.id = properties.adAccount();
    this.audiences = audiences;
    this.uploads = uploads;
    this.terms = terms;
  }

  @Override
  public Area area() {
    return Area.ADVERTISING;
  }

  @Override
  public boolean has(String object) {
    return object.equals(id);
  }

  @Override
  public int activeAudiences() {
    return audiences.count();
  }

  @Override
  public Answer answer(GraphRequest request) {
    return switch (request.action()) {
      case "GET" -> Answer.of(Fields.select(request.params(), shown(), "id,account_id"));
      case "GET customaudiences" -> list(request);
      case "POST customaudiences" -> create(request.params());
      case "DELETE usersofanyaudience" -> uploads.removeEverywhere(request.params());
      default -> throw request.unsupported();
    };
  }

  private ObjectNode shown() {
    ObjectNode account =
        Answer.object()
            .put("id", id)
            .put("account_id", id.replace("act_", ""))
            .put("name", "Sandbox account")
            .put("account_status", 1)
            .put("currency", "EUR");
    ObjectNode accepted = account.putObject("tos_accepted");
    if (terms.accepted()) {
      accepted.put("custom_audience_tos", 1); // not accepted: there is no such key
    }
    return account;
  }

  private Answer list(GraphRequest request) {
    List<ObjectNode> wanted =
        audiences.all().stream().filter(Filtering.of(request.params().json("filtering"))).toList();
    return Paging.page(request, wanted, one -> Fields.select(request.params(), one, "id"));
  }

  private Answer create(Params params) {
    terms.check();
    String name =
        params
            .text("name")
            .orElseThrow(() -> GraphError.invalidParameter("The parameter name is required"));
    String subtype = params.text("subtype").orElse("CUSTOM");
    if (!subtype.equals("CUSTOM")) {
      throw GraphError.invalidParameter(
          "The sandbox has audiences of subtype CUSTOM only, not " + subtype);
    }
    String source = params.text("customer_file_source").orElse("");
    if (!SOURCES.contains(source)) {
      throw GraphError.invalidParameter(
          "Param customer_file_source must be one of " + SOURCES.stream().sorted().toList());
    }
    if (audiences.count() >= MOST_CUSTOMER_FILES) {
      throw GraphError.of(
          400, 2654, "(#2654) Failed to create custom audience: the account has 500 already");
    }
    ObjectNode about =
        Answer.object()
            .put("name", name)
            .put("description", params.text("description").orElse(""))
            .put("subtype", subtype)
            .put("customer_file_source", source)
            .put("retention_days", retention(params))
            .put("is_value_based", params.flag("is_value_based", false))
            .put("opt_out_link", params.text("opt_out_link").orElse(""));
    return Answer.of(Answer.object().put("id", audiences.create(about)));
  }

  private static long retention(Params params) {
    long days = params.json("retention_days").asLong(0);
    if (params.text("retention_days").isPresent() && (days < 1 || days > 180)) {
      throw GraphError.invalidParameter("Param retention_days must be 1 to 180");
    }
    return days;
  }
}
