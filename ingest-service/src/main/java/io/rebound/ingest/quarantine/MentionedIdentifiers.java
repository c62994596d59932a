package io.rebound.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.IdentifierType;
import io.rebound.ingest.sources.Source;
import io.rebound.ingest.sources.Sources;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import java.net.URLDecoder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whom a rejected event may be about: the pseudonyms of everything in it that is called like an
 * identifier or looks like one. A door couldn't understand it, so this understands nothing either;
 * it errs on the side of finding too much.
 */
@Component
class MentionedIdentifiers {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST = 500;
  private static final List<IdentifierType> OPAQUE =
      List.of(
          IdentifierType.EXTERNAL_ID,
          IdentifierType.ANONYMOUS_ID,
          IdentifierType.LOYALTY_CARD,
          IdentifierType.WA_USER_ID,
          IdentifierType.MADID,
          IdentifierType.FBP);
  private static final List<IdentifierType> ANY_HASHED =
      List.of(
          IdentifierType.EMAIL,
          IdentifierType.PHONE,
          IdentifierType.EXTERNAL_ID,
          IdentifierType.ANONYMOUS_ID,
          IdentifierType.LOYALTY_CARD,
          IdentifierType.WA_USER_ID);

  /** Whatever ends in id, and what people call persons and cards. */
  private static final String CALLED =
      "[A-Za-z_.-]{0,40}id|user|customer|card|loyalty[a-z_]*|ph|phone[a-z_]*|em|email[a-z_]*|fbp|_fbp";

  private static final Pattern NAME = Pattern.compile(CALLED, Pattern.CASE_INSENSITIVE);
  private static final Pattern NAMED =
      Pattern.compile(
          "[\"'\\[]?\\b(?:" + CALLED + ")[\"'\\]]*\\s*[:=]\\s*[\"']?([^\"',;&\\s{}\\[\\]]{1,200})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[^\\s@,;:<>()\"'/?&=\\\\]{1,64}@[\\w.\\-\\u0080-\\uffff]{1,254}[\\w\\u0080-\\uffff]");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])\\+?\\(?\\d(?:[ ().\\-/\\u00a0]{0,3}\\d){5,14}(?!\\w)");
  private static final Pattern HASH = Pattern.compile("(?<![0-9A-Fa-f])[0-9A-Fa-f]{64}");
  private static final Pattern BROWSER = Pattern.compile("fb\\.\\d\\.\\d{1,15}\\.\\w{1,40}");

  private final Pseudonyms pseudonyms;
  private final Sources sources;

  MentionedIdentifiers(Pseudonyms pseudonyms, Sources sources) {
    this.pseudonyms = pseudonyms;
    this.sources = sources;
  }

  /** Their pseudonyms; some hundred at most. */
  Set<String> of(RejectedEvent event) {
    Locality locality =
        sources.named(event.source()).map(Source::locality).orElseGet(Locality::unknown);
    var found = new Found(locality);
    read(new String(event.body(), UTF_8), found);
    byte[] request = event.request();
    if (request != null) {
      read(new String(request, UTF_8), found);
    }
    return found.pseudonyms;
  }

  private void read(String text, Found found) {
    try {
      walk("", JSON.readTree(text), found);
    } catch (JacksonException notJson) {
      scan(text, found);
      String plain = decoded(text);
      if (!plain.equals(text)) {
        scan(plain, found);
      }
    }
  }

  private void walk(String name, JsonNode node, Found found) {
    if (node.isContainer()) {
      node.properties().forEach(entry -> walk(entry.getKey(), entry.getValue(), found));
      if (node.isArray()) {
        node.forEach(element -> walk(name, element, found));
      }
    } else if (node.isValueNode() && !node.isNull() && !node.isBoolean()) {
      String value = node.asString();
      if (NAME.matcher(name).matches()) {
        found.add(OPAQUE, value);
        found.add(List.of(IdentifierType.EMAIL, IdentifierType.PHONE), value);
      }
      scan(value, found);
      if (value.indexOf('%') >= 0) {
        scan(decoded(value), found);
      }
    }
  }

  private void scan(String text, Found found) {
    each(ADDRESS.matcher(text), found, IdentifierType.EMAIL, IdentifierType.EXTERNAL_ID);
    each(NUMBER.matcher(text), found, IdentifierType.PHONE, IdentifierType.EXTERNAL_ID);
    each(BROWSER.matcher(text), found, IdentifierType.FBP);
    each(HASH.matcher(text), found, ANY_HASHED.toArray(IdentifierType[]::new));
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      found.add(OPAQUE, named.group(1));
    }
  }

  private static void each(Matcher matcher, Found found, IdentifierType... types) {
    while (matcher.find()) {
      found.add(List.of(types), matcher.group());
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** What was found so far. */
  private final class Found {
    private final Locality locality;
    private final Set<String> pseudonyms = new TreeSet<>();

    Found(Locality locality) {
      this.locality = locality;
    }

    void add(List<IdentifierType> types, String value) {
      if (pseudonyms.size() >= MOST || value.length() > 500) {
        return;
      }
      for (IdentifierType type : types) {
        for (String hash : IdentifierHashes.of(type, value, locality)) {
          pseudonyms.addAll(MentionedIdentifiers.this.pseudonyms.ever(type, hash));
        }
      }
    }
  }
}
