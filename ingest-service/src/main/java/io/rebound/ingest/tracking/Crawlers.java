package io.rebound.ingest.tracking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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

  // looking for all the words costs more than the rest of an event, and few agents send most of
  // them
  private static final Cache<String, Boolean> KNOWN =
      Caffeine.newBuilder().maximumSize(5_000).build();
  private static final int LONGEST_REMEMBERED = 500;

  private Crawlers() {}

  static boolean sent(@Nullable String userAgent) {
    if (userAgent == null) {
      return false;
    }
    return userAgent.length() <= LONGEST_REMEMBERED
        ? KNOWN.get(userAgent, Crawlers::hasWord)
        : hasWord(userAgent);
  }

  private static boolean hasWord(String userAgent) {
    return WORDS.matcher(userAgent).find();
  }
}
