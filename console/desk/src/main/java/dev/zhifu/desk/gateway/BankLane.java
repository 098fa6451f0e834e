package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.bank.http.RequestSignature;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.projection.TopicFeed;
import dev.zhifu.desk.projection.TopicRecord;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bank's threads: one reads its topics into the store, one posts what is due to its webhook. A
 * bank that is down holds up nobody else, and of one account only its oldest message is posted.
 * Requests that wait hold no thread.
 */
final class BankLane implements AutoCloseable {
  private static final String DECISIONS = "decisions";
  private static final Logger LOG = LoggerFactory.getLogger(BankLane.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration POST_LIMIT = Duration.ofSeconds(5);
  private static final long PAUSE_SECONDS_MAX = 60;

  /** Accounts that are posted about at a time. */
  private static final int POSTS = 16;

  private static final long JOIN_MILLIS = 5_000;

  private final BankAccess access;
  private final MessageStore messages;
  private final WallClock clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(POST_LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Gathering<MessageStore.Question, Optional<JsonNode>> stored;
  private final Webhooks webhooks;
  private final Thread reader;
  private final Thread poster;
  private final Object news = new Object();

  /** Guarded by news: who waits for a decision, and who for anything of a stream. */
  private final Map<String, List<CompletableFuture<Optional<JsonNode>>>> asked = new HashMap<>();

  private final Map<String, CompletableFuture<Boolean>> next = new HashMap<>();
  private final Map<String, Long> heard = new HashMap<>();

  /** Guarded by news: decisions that were heard and are not in the store yet. */
  private final Map<String, JsonNode> unstored = new HashMap<>();

  private volatile boolean stopping;

  /**
   * @param stored decisions in the store
   * @param webhooks where messages may be posted to
   */
  BankLane(
      BankAccess access,
      MessageStore messages,
      Gathering<MessageStore.Question, Optional<JsonNode>> stored,
      Webhooks webhooks,
      WallClock clock) {
    this.access = access;
    this.messages = messages;
    this.stored = stored;
    this.webhooks = webhooks;
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

  /**
   * The decision on a transfer, from the store or as it comes; empty when none came within {@code
   * wait}. Whoever waits is told by the record itself: nobody looks again and again.
   */
  CompletableFuture<Optional<JsonNode>> decision(String id, Duration wait) {
    CompletableFuture<Optional<JsonNode>> answer = new CompletableFuture<>();
    synchronized (news) {
      JsonNode heardAlready = unstored.get(id);
      if (heardAlready != null) {
        return CompletableFuture.completedFuture(Optional.of(heardAlready));
      }
      asked.computeIfAbsent(id, unseen -> new ArrayList<>(1)).add(answer);
    }
    // Asked for first and looked up then: a record that comes in between is seen by one of both.
    answer.whenComplete((found, e) -> forget(id, answer));
    stored
        .ask(new MessageStore.Question(access.bank(), id))
        .whenComplete(
            (found, e) -> {
              if (e != null) {
                answer.completeExceptionally(e);
              } else if (found.isPresent() || wait.isZero()) {
                answer.complete(found);
              }
            });
    // Who does not want to wait still gets what stands in the store.
    return wait.isZero()
        ? answer
        : answer.completeOnTimeout(Optional.empty(), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void forget(String id, CompletableFuture<Optional<JsonNode>> answer) {
    synchronized (news) {
      asked.computeIfPresent(
          id,
          (key, all) -> {
            all.remove(answer);
            return all.isEmpty() ? null : all;
          });
    }
  }

  /** True once something of the stream came after {@code since}, false when nothing did. */
  CompletableFuture<Boolean> newerThan(String stream, long since, Duration wait) {
    synchronized (news) {
      return heard(stream) > since
          ? CompletableFuture.completedFuture(true)
          : next.computeIfAbsent(stream, unseen -> new CompletableFuture<>())
              .copy()
              .completeOnTimeout(false, Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
    }
  }

  /** Counts what came; ask before looking, and {@link #newerThan} misses nothing. */
  long heard(String stream) {
    synchronized (news) {
      return heard.getOrDefault(stream, 0L);
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
            take(records);
          }
        }
      } catch (RuntimeException | AssertionError e) {
        LOG.warn("topics of bank {} are not read now: {}", access.bank(), e.toString());
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  /** Whoever waits for a decision is told before the store has it: his budget runs. */
  private void take(List<TopicRecord> records) {
    List<MessageStore.Taken> read = messages.read(records);
    Map<String, JsonNode> decisions = new HashMap<>();
    Set<String> streams = new HashSet<>();
    for (MessageStore.Taken one : read) {
      streams.add(one.stream());
      if (one.stream().equals(DECISIONS)) {
        decisions.put(one.id(), Messages.view(DECISIONS, one.offset(), one.body()));
      }
    }
    decided(decisions);
    messages.take(access.bank(), records, read, clock.get());
    synchronized (news) {
      unstored.keySet().removeAll(decisions.keySet());
    }
    tell(streams);
  }

  /** Outside the lock: what is completed runs on this thread. */
  private void decided(Map<String, JsonNode> decisions) {
    List<Runnable> told = new ArrayList<>();
    synchronized (news) {
      unstored.putAll(decisions);
      decisions.forEach(
          (id, decision) ->
              asked
                  .getOrDefault(id, List.of())
                  .forEach(one -> told.add(() -> one.complete(Optional.of(decision)))));
    }
    told.forEach(Runnable::run);
  }

  /** Something came for the bank that is not of its topics. */
  void news(String stream) {
    tell(Set.of(stream));
  }

  private void tell(Set<String> streams) {
    List<CompletableFuture<Boolean>> told = new ArrayList<>();
    synchronized (news) {
      for (String stream : streams) {
        heard.merge(stream, 1L, Long::sum);
        CompletableFuture<Boolean> before = next.remove(stream);
        if (before != null) {
          told.add(before);
        }
      }
      news.notifyAll();
    }
    told.forEach(one -> one.complete(true));
  }

  private void post() {
    while (!stopping) {
      try {
        long before = heardToPost();
        Optional<String> url =
            messages.webhook(access.bank()).filter(one -> webhooks.fault(one).isEmpty());
        if (url.isEmpty() || postDue(url.get()) == 0) {
          awaitNews(before);
        }
      } catch (RuntimeException | AssertionError e) {
        LOG.warn("posting to bank {} stands still: {}", access.bank(), e.toString());
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  /** Decisions are asked for and never posted. */
  private long heardToPost() {
    synchronized (news) {
      return heard.entrySet().stream()
          .filter(one -> !one.getKey().equals(DECISIONS))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }
  }

  private void awaitNews(long since) {
    long end = System.nanoTime() + LOOK.toNanos();
    synchronized (news) {
      while (heardToPost() == since && !stopping && System.nanoTime() < end) {
        try {
          TimeUnit.NANOSECONDS.timedWait(news, Math.max(1, end - System.nanoTime()));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** Posts the oldest message of each account, several accounts at a time. */
  private int postDue(String url) {
    List<MessageStore.Due> due = messages.due(access.bank(), clock.get(), POSTS);
    List<CompletableFuture<Boolean>> posted = due.stream().map(one -> taken(url, one)).toList();
    List<MessageStore.Due> delivered = new ArrayList<>();
    for (int i = 0; i < due.size(); i++) {
      MessageStore.Due one = due.get(i);
      if (Boolean.TRUE.equals(posted.get(i).join())) {
        delivered.add(one);
      } else if (!stopping) {
        long pause = Math.min(PAUSE_SECONDS_MAX, 1L << Math.min(6, one.tries()));
        messages.again(access.bank(), one, clock.get().plusSeconds(pause));
      }
    }
    messages.delivered(access.bank(), delivered, clock.get());
    return due.size();
  }

  private CompletableFuture<Boolean> taken(String url, MessageStore.Due due) {
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
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle((answer, e) -> e == null && answer.statusCode() / 100 == 2);
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
