package dev.zhifu.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Transfers of some people over most of a year, as lines of a file. */
final class Town {
  private static final String HEADER =
      "txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type";
  private static final Instant START = Instant.parse("2025-06-01T00:00:00Z");
  private static final int PEOPLE = 40;
  private static final int QUIET_AFTER_DAYS = 60;
  private static final int CALLS = 60;

  /** One transfer. */
  private record Transfer(String id, Instant at, String payer, String payee, int yuan) {}

  private final List<Transfer> transfers = new ArrayList<>();

  Town(long seed, int count, Duration span) {
    SplittableRandom random = new SplittableRandom(seed);
    long step = span.toMillis() / count;
    for (int i = 0; i < count; i++) {
      Instant at = START.plusMillis(i * step + random.nextLong(step));
      int payer = person(random, at);
      int payee = (payer + 1 + random.nextInt(PEOPLE - 1)) % PEOPLE;
      transfers.add(
          new Transfer("t" + i, at, "p" + payer, "p" + payee, 10 + random.nextInt(5_000)));
    }
  }

  /** A quarter of the people pay nothing after two months, until the very end. */
  private static int person(SplittableRandom random, Instant at) {
    long day = Duration.between(START, at).toDays();
    int person = random.nextInt(PEOPLE);
    return day > QUIET_AFTER_DAYS && day < 270 && person < PEOPLE / 4
        ? person + PEOPLE / 4
        : person;
  }

  /** Adds a transfer at exactly that instant. */
  Town and(String id, Instant at) {
    transfers.add(new Transfer(id, at, "p1", "p2", 77));
    transfers.sort(Comparator.comparing(Transfer::at));
    return this;
  }

  Path write(Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (Transfer one : transfers) {
      lines.add(
          String.join(
              ",",
              one.id(),
              one.at().toString(),
              one.payer(),
              "B01",
              one.payee(),
              "B02",
              one.yuan() + ".00",
              "CNY",
              "ONLINE",
              "TRANSFER"));
    }
    return Files.write(file, lines);
  }

  /** Calls of the last day before {@code end}, each to one of the people's numbers. */
  static Path calls(long seed, Instant end, Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>(List.of("eventId,ts,caller,callee,type,duration,roaming"));
    for (int i = 0; i < CALLS; i++) {
      Instant at =
          end.minus(Duration.ofMinutes((CALLS - i) * 20L)).plusMillis(random.nextLong(1_000));
      lines.add(
          "c"
              + i
              + ","
              + at
              + ",x"
              + random.nextInt(9)
              + ",n"
              + random.nextInt(PEOPLE)
              + ",VOICE,"
              + (30 + random.nextInt(600))
              + ",0");
    }
    return Files.write(file, lines);
  }
}
