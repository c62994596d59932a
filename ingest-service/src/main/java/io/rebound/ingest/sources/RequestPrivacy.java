package io.rebound.ingest.sources;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.rebound.matchkeys.MatchKey;
import java.util.EnumSet;
import java.util.Set;

/** What a source's events keep of the visitor's connection. */
public record RequestPrivacy(Rule clientIp, Rule userAgent) {

  /** When a value is kept. What isn't reaches nobody, not even sealed. */
  public enum Rule {
    @JsonProperty("keep")
    KEEP,
    @JsonProperty("drop")
    DROP,
    /** Only where the person's statement, or else the source's default, allows ads. */
    @JsonProperty("with_ads_consent")
    @JsonAlias("with-ads-consent")
    WITH_ADS_CONSENT;

    private boolean keeps(boolean adsAllowed) {
      return this == KEEP || this == WITH_ADS_CONSENT && adsAllowed;
    }
  }

  /** What is dropped of an event whose person allows ads or doesn't. */
  public Set<MatchKey> dropped(boolean adsAllowed) {
    var dropped = EnumSet.noneOf(MatchKey.class);
    if (!clientIp.keeps(adsAllowed)) {
      dropped.add(MatchKey.CLIENT_IP_ADDRESS);
    }
    if (!userAgent.keeps(adsAllowed)) {
      dropped.add(MatchKey.CLIENT_USER_AGENT);
    }
    return dropped;
  }
}
