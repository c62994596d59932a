package io.rebound.matchkeys;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Conversions API's user_data keys: how a raw value becomes what Meta compares. The rules are
 * those of Meta's page "Customer information parameters"; where it is silent, the choice is said at
 * the rule. Meta's own libraries disagree among themselves, so none of them is called.
 *
 * @see <a
 *     href="https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/customer-information-parameters">Customer
 *     information parameters</a>
 */
public enum MatchKey {
  EM(true, ContactRules::email),
  PH(true, ContactRules::phone),
  FN(true, PersonRules::name),
  LN(true, PersonRules::name),
  DB(true, PersonRules::birthDate),
  GE(true, PersonRules::gender),
  CT(true, PlaceRules::city),
  ST(true, PlaceRules::state),
  ZP(true, PlaceRules::postcode),
  COUNTRY(true, PlaceRules::country),
  /** Hashed here because ids are often addresses; the same form everywhere is what counts. */
  EXTERNAL_ID(true, DeviceRules::id),
  CLIENT_IP_ADDRESS(false, DeviceRules::ipAddress),
  CLIENT_USER_AGENT(false, DeviceRules::userAgent),
  /** Meta's click id; its case matters. */
  FBC(false, DeviceRules::cookie),
  /** Meta's browser id. */
  FBP(false, DeviceRules::cookie),
  SUBSCRIPTION_ID(false, DeviceRules::id),
  FB_LOGIN_ID(false, DeviceRules::number),
  LEAD_ID(false, DeviceRules::number),
  MADID(false, DeviceRules::advertisingId),
  ANON_ID(false, DeviceRules::id),
  PAGE_ID(false, DeviceRules::number),
  PAGE_SCOPED_USER_ID(false, DeviceRules::number),
  CTWA_CLID(false, DeviceRules::id),
  WHATSAPP_BUSINESS_ACCOUNT_ID(false, DeviceRules::number),
  IG_ACCOUNT_ID(false, DeviceRules::number),
  IG_SID(false, DeviceRules::number);

  private static final int MD5_LENGTH = 32;
  private static final Pattern MD5 = Pattern.compile("\\s*[0-9a-fA-F]{32}\\s*");

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final boolean hashed;
  private final Normalization normalization;

  MatchKey(boolean hashed, Normalization normalization) {
    this.hashed = hashed;
    this.normalization = normalization;
  }

  /** The key's name in user_data. */
  public String wireName() {
    return wireName;
  }

  /** Whether Meta wants its SHA-256 instead of the value. */
  public boolean hashed() {
    return hashed;
  }

  /**
   * The value in Meta's normal form; empty if there is nothing usable in it. An MD5, which older
   * tools send for a hash, is none: hashed once more it would match nobody. Only an id may look so.
   */
  public Optional<String> normalize(String raw, Locality locality) {
    return isMd5(raw)
        ? Optional.empty()
        : Optional.ofNullable(normalization.of(raw, locality)).filter(normal -> !isMd5(normal));
  }

  private boolean isMd5(String text) {
    return hashed
        && this != EXTERNAL_ID
        && text.length() >= MD5_LENGTH
        && MD5.matcher(text).matches();
  }

  /**
   * What goes to Meta: 64 lower-case hex characters for a key that {@link #hashed()} says so for,
   * otherwise the normal form. A value that came hashed already is taken as it is, in lower case
   * (with the suffix that Meta's parameter builder adds it is left alone, because Meta reads that).
   */
  public Optional<String> hash(String raw, Locality locality) {
    if (!hashed) {
      return normalize(raw, locality);
    }
    return Sha256.alreadyHashed(raw).or(() -> normalize(raw, locality).map(Sha256::hex));
  }
}
