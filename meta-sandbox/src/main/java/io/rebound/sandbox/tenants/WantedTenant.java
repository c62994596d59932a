package io.rebound.sandbox.tenants;

import io.rebound.sandbox.SandboxProperties.Profile;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as somebody asks for it: what isn't said is drawn at random or as the default has it.
 *
 * @param profile a profile's name in small letters
 */
record WantedTenant(
    String name,
    @Nullable String token,
    @Nullable String appSecret,
    @Nullable String profile,
    @Nullable String webhookUrl) {
  /** Means the tenant that needs no asking for. */
  static final String DEFAULT = "default";

  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_.|-]{8,200}");

  /** Refuses what can't be; names the field as the door has it. */
  WantedTenant checked() {
    if (!NAME.matcher(name).matches() || name.equals(DEFAULT)) {
      throw TenantRefusal.invalid(
          "name",
          "is 1 to 40 small letters, digits and hyphens, none at an end, and not " + DEFAULT);
    }
    checkSecret("token", token);
    checkSecret("app_secret", appSecret);
    if (profile != null && profile(profile) == null) {
      throw TenantRefusal.invalid("profile", "is instant or lifelike");
    }
    if (webhookUrl != null && !webhookUrl.isEmpty() && !isHttp(webhookUrl)) {
      throw TenantRefusal.invalid("webhook_url", "is an address that begins with http or https");
    }
    return this;
  }

  /** Whether a tenant is there as it is wanted here. */
  boolean isMetBy(TenantSettings settings) {
    return same(token, settings.token())
        && same(appSecret, settings.appSecret())
        && (profile == null || profile(profile) == settings.profile())
        && same(webhookUrl, settings.webhookUrl());
  }

  /** What is said here, for the rest the other's. */
  TenantSettings over(TenantSettings rest) {
    Profile wanted = profile == null ? null : profile(profile);
    return new TenantSettings(
        name,
        Objects.requireNonNullElse(token, rest.token()),
        Objects.requireNonNullElse(appSecret, rest.appSecret()),
        Objects.requireNonNullElse(wanted, rest.profile()),
        Objects.requireNonNullElse(webhookUrl, rest.webhookUrl()));
  }

  private static void checkSecret(String field, @Nullable String value) {
    if (value != null && !SECRET.matcher(value).matches()) {
      throw TenantRefusal.invalid(field, "is 8 to 200 letters, digits, hyphens, _ . and |");
    }
  }

  private static boolean same(@Nullable String wanted, String present) {
    return wanted == null || wanted.equals(present);
  }

  private static @Nullable Profile profile(String name) {
    for (Profile profile : Profile.values()) {
      if (profile.name().toLowerCase(Locale.ROOT).equals(name)) {
        return profile;
      }
    }
    return null;
  }

  private static boolean isHttp(String url) {
    try {
      var address = new URI(url);
      return address.getHost() != null
          && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Never shows the token or the secret. */
  @Override
  public String toString() {
    return "WantedTenant[name=" + name + "]";
  }
}
