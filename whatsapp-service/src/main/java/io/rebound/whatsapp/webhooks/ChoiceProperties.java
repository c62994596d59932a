package io.rebound.whatsapp.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which words are a choice where they are all that somebody writes or taps. Case, accents,
 * punctuation and spaces don't count.
 *
 * @param stopWords refuse messages; replace the usual ones ({@code STOP}, {@code UNSUBSCRIBE}, and
 *     the like in several languages) as a whole
 * @param startWords allow messages; none unless they are given
 */
@ConfigurationProperties("rebound.whatsapp")
record ChoiceProperties(@Nullable List<String> stopWords, @Nullable List<String> startWords) {
  private static final List<String> USUAL =
      List.of(
          // English, the words carriers know
          "stop",
          "stop all",
          "unsubscribe",
          "cancel",
          "end",
          "quit",
          "opt out",
          "optout",
          "remove me",
          // German
          "stopp",
          "abmelden",
          "abbestellen",
          "keine werbung",
          // French
          "arrêt",
          "arrêter",
          "désabonner",
          "désinscription",
          // Spanish, Portuguese
          "baja",
          "parar",
          "pare",
          "cancelar",
          "sair",
          "descadastrar",
          // Italian
          "ferma",
          "basta",
          "annulla",
          "disiscriviti",
          // Dutch
          "afmelden",
          "uitschrijven",
          // Polish, Czech
          "wypisz",
          "rezygnuję",
          "odhlásit",
          // Nordic
          "avslutt",
          "avsluta",
          "avregistrera",
          "afmeld",
          "lopeta",
          // Turkish, Indonesian
          "dur",
          "iptal",
          "durdur",
          "berhenti",
          // Russian, Ukrainian, Arabic, Hindi, Chinese, Japanese
          "стоп",
          "отписаться",
          "відписатися",
          "توقف",
          "إلغاء",
          "रोकें",
          "停止",
          "退订",
          "配信停止");

  List<String> stops() {
    return stopWords == null || stopWords.isEmpty() ? USUAL : stopWords;
  }

  List<String> starts() {
    return startWords == null ? List.of() : startWords;
  }
}
