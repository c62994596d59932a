package io.rebound.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An entry in its place in the chain, as it is kept. Its hash is SHA-256 over: the byte 1 (the
 * version of this encoding), the hash before, {@code seq} and {@code at} in microseconds since 1970
 * as 8 bytes each; then actor, action, the subject's type, the subject, ground, and each detail's
 * name and value in the order of their names, every one of these as its length in 4 bytes and its
 * UTF-8. The subject is its id, or nothing; for a person it is the seal, so that an erasure can
 * take the id away.
 *
 * @param at to the microsecond
 * @param salt what makes a person's seal unguessable; 32 hexadecimal digits
 * @param seal SHA-256 of salt and person's id, 64 hexadecimal digits; null where the subject is no
 *     person
 */
record AuditLink(
    long seq,
    Instant at,
    String actor,
    String action,
    String subjectType,
    @Nullable String subjectId,
    @Nullable String salt,
    @Nullable String seal,
    String ground,
    SortedMap<String, String> details,
    String prevHash,
    String hash) {
  private static final byte ENCODING = 1;
  private static final HexFormat HEX = HexFormat.of();

  /** The entry as the link that follows {@code head}. */
  static AuditLink after(ChainHead head, AuditEntry entry, Instant at, String salt) {
    Subject subject = entry.subject();
    boolean sealed = subject.type().equals(Subject.PERSON) && subject.id() != null;
    var unhashed =
        new AuditLink(
            head.seq() + 1,
            at.truncatedTo(ChronoUnit.MICROS),
            entry.actor(),
            entry.action().wireName(),
            subject.type(),
            subject.id(),
            sealed ? salt : null,
            sealed ? seal(salt, String.valueOf(subject.id())) : null,
            entry.ground().wireName(),
            entry.details(),
            head.hash(),
            "");
    return unhashed.withHash(unhashed.computedHash());
  }

  private AuditLink withHash(String computed) {
    return new AuditLink(
        seq,
        at,
        actor,
        action,
        subjectType,
        subjectId,
        salt,
        seal,
        ground,
        details,
        prevHash,
        computed);
  }

  ChainHead head() {
    return new ChainHead(seq, hash);
  }

  /** Whether hash and seal are those of the content; an erased person's seal can't be compared. */
  boolean genuine() {
    boolean sealFits =
        seal == null
            || erased()
            || salt != null && seal.equals(seal(salt, String.valueOf(subjectId)));
    return sealFits && hash.equals(computedHash());
  }

  /** Whether an erasure took the person's id away. */
  boolean erased() {
    return seal != null && subjectId == null;
  }

  private String computedHash() {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(ENCODING);
      out.write(HEX.parseHex(prevHash));
      out.writeLong(seq);
      out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, at));
      write(out, actor);
      write(out, action);
      write(out, subjectType);
      write(out, seal != null ? seal : subjectId == null ? "" : subjectId);
      write(out, ground);
      for (Map.Entry<String, String> detail : details.entrySet()) {
        write(out, detail.getKey());
        write(out, detail.getValue());
      }
    } catch (IOException e) {
      throw new IllegalStateException("Bytes can't be written into memory", e);
    }
    return HEX.formatHex(sha256(bytes.toByteArray()));
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String seal(String salt, String id) {
    MessageDigest digest = digest();
    digest.update(HEX.parseHex(salt));
    return HEX.formatHex(digest.digest(id.getBytes(UTF_8)));
  }

  private static byte[] sha256(byte[] bytes) {
    return digest().digest(bytes);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
