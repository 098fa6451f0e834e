package dev.zhifu.desk.gateway;

import dev.zhifu.bank.http.RequestSignature;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.projection.TopicFeed;
import dev.zhifu.desk.projection.TopicRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bank's threads: one reads its topics into the store, one posts what is due to its webhook. A
 * bank that is down holds up nobody else, and of one account only its oldest message is posted.
 */
final class BankLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BankLane.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration POST_LIMIT = Duration.ofSeconds(5);
  private static final long PAUSE_SECONDS_MAX = 60;
  private static final int POSTS = 50;
  private static final long JOIN_MILLIS = 5_000;

  private final BankAccess access;
  private final MessageStore messages;
  private final WallClock clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(POST_LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Thread reader;
  private final Thread poster;
  private final Object news = new Object();
  private volatile boolean stopping;

  BankLane(BankAccess access, MessageStore messages, WallClock clock) {
    this.access = access;
    this.messages = messages;
    this.clock = clock;
    this.reader = new Thread(this::read, "gateway-read-" + access.bank());
    this.poster = new Thread(this::post, "gateway-post-" + access.bank());
    reader.setDaemon(true);
    poster.setDaemon(true);
  }

  String bank() {
    return access.bank();
  }

  void start() {
    reader.start();
    poster.start();
  }

  /** What {@code look} finds, now or when something came within {@code wait}. */
  <T> Optional<T> await(Duration wait, Supplier<Optional<T>> look) {
    long end = System.nanoTime() + wait.toNanos();
    synchronized (news) {
      Optional<T> found = look.get();
      while (found.isEmpty() && System.nanoTime() < end && !stopping) {
        try {
          TimeUnit.NANOSECONDS.timedWait(news, Math.max(1, end - System.nanoTime()));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return found;
        }
        found = look.get();
      }
      return found;
    }
  }

  private void read() {
    while (!stopping) {
      try (TopicFeed feed = access.feed().get()) {
        feed.seek(messages.positions(access.bank()));
        while (!stopping) {
          List<TopicRecord> records =
              feed.poll(POLL).stream().filter(record -> record.value() != null).toList();
          if (!records.isEmpty()) {
            messages.take(access.bank(), records, clock.get());
            synchronized (news) {
              news.notifyAll();
            }
          }
        }
      } catch (RuntimeException e) {
        LOG.warn("topics of bank {} are not read now: {}", access.bank(), e.toString());
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  private void post() {
    while (!stopping) {
      try {
        Optional<String> url = messages.webhook(access.bank());
        if (url.isEmpty() || postDue(url.get()) == 0) {
          await(LOOK, Optional::empty);
        }
      } catch (RuntimeException e) {
        LOG.warn("posting to bank {} stands still: {}", access.bank(), e.toString());
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  private int postDue(String url) {
    List<MessageStore.Due> due = messages.due(access.bank(), clock.get(), POSTS);
    for (MessageStore.Due one : due) {
      if (stopping) {
        return 0;
      }
      if (taken(url, one)) {
        messages.delivered(access.bank(), one, clock.get());
      } else {
        long pause = Math.min(PAUSE_SECONDS_MAX, 1L << Math.min(6, one.tries()));
        messages.again(access.bank(), one, clock.get().plusSeconds(pause));
      }
    }
    return due.size();
  }

  private boolean taken(String url, MessageStore.Due due) {
    byte[] body =
        Messages.view(due.stream(), due.offset(), due.body())
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    URI target = URI.create(url);
    String path =
        target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
    Instant now = clock.get();
    String time = Long.toString(now.toEpochMilli());
    String nonce = UUID.randomUUID().toString();
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(POST_LIMIT)
            .header("Content-Type", "application/json")
            .header(RequestSignature.BANK, access.bank())
            .header(RequestSignature.TIME, time)
            .header(RequestSignature.NONCE, nonce)
            .header(
                RequestSignature.SIGNATURE,
                RequestSignature.of(access.secret(), "POST", path, time, nonce, body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status >= 200 && status < 300;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    stopping = true;
    synchronized (news) {
      news.notifyAll();
    }
    try {
      reader.join(JOIN_MILLIS);
      poster.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
