package io.rebound.sandbox.page;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** A piece of a page. Whatever comes from outside gets into it only escaped. */
record Html(String text) {
  static final Html NONE = new Html("");

  /** The template with each {@code {}} replaced, in their order; only other HTML stays as it is. */
  static Html of(String template, Object... values) {
    var text = new StringBuilder(template.length() + 64);
    int from = 0;
    for (Object value : values) {
      int place = template.indexOf("{}", from);
      if (place < 0) {
        throw new IllegalArgumentException("more values than places");
      }
      text.append(template, from, place).append(escaped(value));
      from = place + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalArgumentException("more places than values");
    }
    return new Html(text.append(template, from, template.length()).toString());
  }

  static <T> Html each(List<T> things, Function<T, Html> shown) {
    return new Html(things.stream().map(shown).map(Html::text).collect(Collectors.joining()));
  }

  static Html when(boolean condition, Html shown) {
    return condition ? shown : NONE;
  }

  private static String escaped(Object value) {
    return value instanceof Html html
        ? html.text()
        : HtmlUtils.htmlEscape(String.valueOf(value), "UTF-8");
  }
}
