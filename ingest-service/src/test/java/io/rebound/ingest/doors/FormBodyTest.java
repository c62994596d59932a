package io.rebound.ingest.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.rebound.ingest.doors.FormBody.Unreadable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {
  private static final long SIZE = 64 * 1024;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data=%zz&rest=",
        "data=%",
        "--b\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\nhalf",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"
      })
  void a_body_that_is_no_form_leaves_no_memory_behind(String begin) {
    byte[] body = (begin + "x".repeat((int) SIZE)).getBytes(UTF_8);
    long before = UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();

    for (int times = 0; times < 100; times++) {
      assertThatExceptionOfType(Unreadable.class).isThrownBy(() -> FormBody.of(body));
    }

    assertThat(UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before)
        .isLessThan(2 * SIZE);
  }
}
