package io.rebound.identity.sql;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A parameter of type {@code uuid[]}, sent as PostgreSQL keeps it: the driver writes arrays of
 * UUIDs as text, which costs both sides more than what is done with them. Needs the connection
 * property {@code binaryTransferEnable=2951}, the type's number; without it the text is sent.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-FORMAT-CODES">
 *     Formats and format codes</a>
 */
public final class UuidArray extends PGobject implements PGBinaryObject {
  private static final long serialVersionUID = 1L;
  private static final int UUID_TYPE = 2950;
  private static final int HEADER = 20;
  private static final int HEADER_OF_NONE = 12;
  private static final int WIDTH = 16;

  private final transient @Nullable UUID[] ids;

  private UuidArray(@Nullable UUID[] ids) {
    this.ids = ids;
    setType("_uuid");
  }

  /** In their order; may hold nulls. */
  public static UuidArray of(Collection<? extends @Nullable UUID> ids) {
    return new UuidArray(ids.toArray(UUID[]::new));
  }

  @Override
  public int lengthInBytes() {
    if (ids.length == 0) {
      return HEADER_OF_NONE;
    }
    int length = HEADER;
    for (UUID id : ids) {
      length += id == null ? Integer.BYTES : Integer.BYTES + WIDTH;
    }
    return length;
  }

  @Override
  public void toBytes(byte[] bytes, int offset) {
    var out = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
    out.putInt(ids.length == 0 ? 0 : 1); // dimensions
    out.putInt(1); // may hold nulls
    out.putInt(UUID_TYPE);
    if (ids.length == 0) {
      return;
    }
    out.putInt(ids.length).putInt(1); // the first is number 1
    for (UUID id : ids) {
      if (id == null) {
        out.putInt(-1);
      } else {
        out.putInt(WIDTH);
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
      }
    }
  }

  @Override
  public void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("Only sent");
  }

  @Override
  public @Nullable String getValue() {
    var text = new StringBuilder("{");
    for (UUID id : ids) {
      text.append(text.length() > 1 ? "," : "").append(id == null ? "NULL" : id);
    }
    return text.append('}').toString();
  }
}
