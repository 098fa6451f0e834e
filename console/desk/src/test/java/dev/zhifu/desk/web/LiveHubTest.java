package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The hub over lines that are nobody's. */
class LiveHubTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What one line was told, until it breaks. */
  private static final class Line extends ServletOutputStream {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private volatile boolean broken;

    @Override
    public synchronized void write(int one) {
      if (broken) {
        throw new IllegalStateException("the response is somebody else's by now");
      }
      told.write(one);
    }

    synchronized String told() {
      return told.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }

    SseClient client() {
      HttpServletResponse response =
          proxy(
              HttpServletResponse.class,
              (self, method, values) -> method.getName().equals("getOutputStream") ? this : null);
      return new SseClient(
          proxy(
              Context.class,
              (self, method, values) -> method.getName().equals("res") ? response : null));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
      return type.cast(
          Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
  }

  private static void until(BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void aLineThatBreaksIsClosedAndTheOthersHearOn() {
    Line whole = new Line();
    Line breaks = new Line();
    try (LiveHub hub = new LiveHub(() -> Cast.T0)) {
      SseClient closed = breaks.client();
      hub.join(closed, "case-1", 0);
      hub.join(whole.client(), "case-1", 0);
      assertThat(whole.told()).as("nothing was missed").doesNotContain("event: case");
      breaks.broken = true;

      hub.changed("case-1");
      until(() -> whole.told().contains("event: case"));
      until(closed::terminated);
      int before = whole.told().length();
      hub.changed();
      until(() -> whole.told().indexOf("event: queue", before) > 0);
    }
  }
}
