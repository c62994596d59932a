package io.rebound.whatsapp.webhooks;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Recognises whether what somebody writes or taps is a choice and nothing else. */
@Component
class ChoiceWords {
  private static final int LONGEST = 60;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final Set<String> stops;
  private final Set<String> starts;

  ChoiceWords(ChoiceProperties properties) {
    stops = plain(properties.stops());
    starts = plain(properties.starts());
  }

  private static Set<String> plain(List<String> words) {
    return words.stream()
        .map(ChoiceWords::plain)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** False for a no, true for a yes, null for neither; a no wins. */
  @Nullable Boolean choice(List<String> texts) {
    List<String> plain =
        texts.stream().filter(text -> text.length() <= LONGEST).map(ChoiceWords::plain).toList();
    if (plain.stream().anyMatch(stops::contains)) {
      return false;
    }
    return plain.stream().anyMatch(starts::contains) ? true : null;
  }

  private static String plain(String text) {
    String letters = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    return BETWEEN_WORDS.matcher(letters.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }
}
