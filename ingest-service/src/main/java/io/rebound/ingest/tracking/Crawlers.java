package io.rebound.ingest.tracking;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells crawlers, link previews and monitors from people by the words in their user agents. Few
 * words find most of a list of all known crawlers, and need no list to be kept up to date; a
 * crawler that says it is a browser is one to us, too.
 *
 * @see <a href="https://github.com/monperrus/crawler-user-agents">Crawler user agents, the list
 *     this is measured against</a>
 */
final class Crawlers {
  private static final Pattern WORDS =
      Pattern.compile(
          // Cubot makes telephones
          "(?<!cu)bot(?![a-su-z])|crawl|spider|slurp|scrap|fetch|archiver"
              + "|externalhit|facebookcatalog|meta-external|whatsapp|preview"
              + "|headless|phantomjs|selenium|puppeteer|playwright|lighthouse|pagespeed|gtmetrix"
              + "|ptst/|monitor|uptime|pingdom|scan|validator|checker"
              + "|mediapartners|google-|googleother|feedburner|sogou"
              + "|http-?client|python|libwww|wget|curl"
              // a browser names no page of its own, and has not been compatible for long
              + "|https?:|compatible; (?!msie|konqueror)",
          Pattern.CASE_INSENSITIVE);

  private Crawlers() {}

  static boolean sent(@Nullable String userAgent) {
    return userAgent != null && WORDS.matcher(userAgent).find();
  }
}
