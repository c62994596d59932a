package io.rebound.sandbox.page;

import io.rebound.sandbox.audiences.AudienceStore;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/** Who is in an audience, page by page: nothing but hashes, as uploaded. */
@RestController
class Members {
  private static final int A_PAGE = 10;

  private final AudienceStore audiences;

  Members(AudienceStore audiences) {
    this.audiences = audiences;
  }

  @GetMapping(path = "/_sandbox/page/members/{id}", produces = PageDoor.HTML)
  String members(@PathVariable String id, @RequestParam(defaultValue = "") String after) {
    List<List<String>> found =
        audiences
            .members(id, after, A_PAGE + 1)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    String name =
        audiences.sizes().stream()
            .filter(audience -> audience.id().equals(id))
            .map(AudienceStore.Size::name)
            .findFirst()
            .orElse(id);
    List<List<String>> page = found.subList(0, Math.min(A_PAGE, found.size()));
    return Html.of(
            """
            <h3 tabindex="-1" data-focus>Members of {}</h3>
            {}
            <p class="paging">{}{}</p>
            """,
            name,
            page.isEmpty() ? Html.of("<p class=\"none\">Nobody.</p>") : table(page),
            Html.when(!after.isEmpty(), button(id, "", "First page")),
            Html.when(
                found.size() > A_PAGE,
                button(id, page.isEmpty() ? "" : page.getLast().getFirst(), "Next page")))
        .text();
  }

  private static Html table(List<List<String>> page) {
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Members">
        <table><caption>{} on this page, by the keys they were uploaded with</caption>
        <thead><tr><th scope="col">Keys of one person</th></tr></thead>
        <tbody>{}</tbody></table></div>
        """,
        Words.counted(page.size(), "person", "people"),
        Html.each(
            page,
            keys ->
                Html.of(
                    "<tr><td><ul class=\"hashes\">{}</ul></td></tr>",
                    Html.each(keys, Members::key))));
  }

  private static Html key(String key) {
    int colon = key.indexOf(':');
    return Html.of(
        "<li><span class=\"pill\">{}</span> <code>{}</code></li>",
        key.substring(0, Math.max(0, colon)),
        key.substring(colon + 1));
  }

  private static Html button(String id, String after, String label) {
    return Html.of(
        "<button type=\"button\" hx-get=\"/_sandbox/page/members/{}?after={}\" hx-target=\"#members\">{}</button>",
        id,
        UriUtils.encode(after, "UTF-8"),
        label);
  }
}
