package io.rebound.matchkeys;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** City, state, postcode, country. */
final class PlaceRules {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_LETTERS =
      Pattern.compile("[\\p{Punct}\\p{IsPunctuation}\\p{IsWhite_Space}\\d]+");
  private static final Pattern PUNCTUATION_AND_SPACE =
      Pattern.compile("[\\p{Punct}\\p{IsPunctuation}\\p{IsWhite_Space}]+");
  private static final int ZIP_DIGITS = 5;

  // Unicode doesn't decompose these
  private static final Map<String, String> FOLDED =
      Map.of("ø", "o", "ł", "l", "ß", "ss", "đ", "d", "æ", "ae", "œ", "oe", "þ", "th", "ð", "d");

  private static final Map<String, String> COUNTRIES = countries();
  private static final Map<String, String> US_STATES =
      codes(
          "alabama=al,alaska=ak,arizona=az,arkansas=ar,california=ca,colorado=co,connecticut=ct,"
              + "delaware=de,districtofcolumbia=dc,florida=fl,georgia=ga,hawaii=hi,idaho=id,"
              + "illinois=il,indiana=in,iowa=ia,kansas=ks,kentucky=ky,louisiana=la,maine=me,"
              + "maryland=md,massachusetts=ma,michigan=mi,minnesota=mn,mississippi=ms,missouri=mo,"
              + "montana=mt,nebraska=ne,nevada=nv,newhampshire=nh,newjersey=nj,newmexico=nm,"
              + "newyork=ny,northcarolina=nc,northdakota=nd,ohio=oh,oklahoma=ok,oregon=or,"
              + "pennsylvania=pa,rhodeisland=ri,southcarolina=sc,southdakota=sd,tennessee=tn,"
              + "texas=tx,utah=ut,vermont=vt,virginia=va,washington=wa,westvirginia=wv,"
              + "wisconsin=wi,wyoming=wy,puertorico=pr");
  private static final Map<String, String> CANADIAN_PROVINCES =
      codes(
          "alberta=ab,britishcolumbia=bc,manitoba=mb,newbrunswick=nb,newfoundlandandlabrador=nl,"
              + "novascotia=ns,northwestterritories=nt,nunavut=nu,ontario=on,princeedwardisland=pe,"
              + "quebec=qc,québec=qc,saskatchewan=sk,yukon=yt");

  private PlaceRules() {}

  /**
   * Lower case letters only. Accents are folded to a–z, which the page recommends; other scripts
   * stay as they are.
   */
  static @Nullable String city(String raw, Locality locality) {
    String folded = ACCENTS.matcher(Normalizer.normalize(raw, Normalizer.Form.NFD)).replaceAll("");
    String lower = Normalizer.normalize(folded, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    String city = NOT_LETTERS.matcher(withoutLigatures(lower)).replaceAll("");
    return city.isEmpty() ? null : city;
  }

  private static String withoutLigatures(String text) {
    String plain = text;
    for (Map.Entry<String, String> letter : FOLDED.entrySet()) {
      plain = plain.replace(letter.getKey(), letter.getValue());
    }
    return plain;
  }

  /**
   * The two-letter code in the United States and Canada, also where a name was sent; elsewhere
   * lower case without punctuation and space. Names of American states are known wherever no other
   * country is.
   */
  static @Nullable String state(String raw, Locality locality) {
    String state =
        PUNCTUATION_AND_SPACE.matcher(Space.composed(raw).toLowerCase(Locale.ROOT)).replaceAll("");
    if (state.isEmpty()) {
      return null;
    }
    if (locality.country() == null || locality.isIn("US")) {
      state = US_STATES.getOrDefault(state, state);
    }
    if (locality.country() == null || locality.isIn("CA")) {
      state = CANADIAN_PROVINCES.getOrDefault(state, state);
    }
    return state;
  }

  /** Lower case without space and dash; in the United States the first five digits. */
  static @Nullable String postcode(String raw, Locality locality) {
    String postcode = PUNCTUATION_AND_SPACE.matcher(raw.toLowerCase(Locale.ROOT)).replaceAll("");
    if (locality.isIn("US") && postcode.length() > ZIP_DIGITS) {
      postcode = postcode.substring(0, ZIP_DIGITS);
    }
    return postcode.isEmpty() ? null : postcode;
  }

  /** ISO 3166-1 alpha-2 in lower case, also from the alpha-3 code and the English name. */
  static @Nullable String country(String raw, Locality locality) {
    return COUNTRIES.get(letters(raw));
  }

  private static Map<String, String> countries() {
    var countries = new HashMap<String, String>();
    for (String code : Locale.getISOCountries()) {
      Locale country = Locale.of("", code);
      String lower = code.toLowerCase(Locale.ROOT);
      countries.put(letters(country.getDisplayCountry(Locale.ENGLISH)), lower);
      countries.put(letters(country.getISO3Country()), lower);
      countries.put(lower, lower);
    }
    countries.put("uk", "gb");
    countries.put("el", "gr"); // the European Union's code for Greece
    countries.put("unitedstatesofamerica", "us");
    countries.put("greatbritain", "gb");
    countries.put("czechrepublic", "cz");
    return Map.copyOf(countries);
  }

  private static String letters(String text) {
    return NOT_LETTERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  private static Map<String, String> codes(String pairs) {
    var codes = new HashMap<String, String>();
    for (String pair : pairs.split(",")) {
      int equals = pair.indexOf('=');
      codes.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return Map.copyOf(codes);
  }
}
