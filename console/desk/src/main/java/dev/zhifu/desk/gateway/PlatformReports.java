package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.desk.gateway.BankReports.Left;
import dev.zhifu.desk.gateway.BankReports.LeftOut;
import dev.zhifu.desk.identities.Telephone;
import dev.zhifu.desk.intake.IntakeDesk;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.channel.MessageCode;
import dev.zhifu.rules.lives.channel.PlatformMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the platform what banks behind it report (100401), their own stops among it, into the
 * same path as what banks post to the gateway: an officer examines form and identity document and
 * accepts, and by when an own stop needs its order is our own service level, shown as such
 * (ADR-0137, ADR-0156). A report is one by its applicationID, however often it is read. No bank
 * hears from here what is wrong with its message, as it does at the gateway: what cannot be taken
 * is noted for officers, who ask the bank (ADR-0176).
 */
public final class PlatformReports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlatformReports.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(20);
  private static final long JOIN_MILLIS = 5_000;
  private static final int TRANSFERS_MAX = Clear.TRANSFERS_MAX;
  private static final String TRANSACTIONS = "transactions.";
  private static final String ATTACHMENTS = "attachments.";

  /** Attachments by their type in the message set, and as the desk calls them. */
  private static final Map<String, String> SCANS = Map.of("03", "form", "04", "id");

  private final PlatformLine line;
  private final PlatformStore kept;
  private final BankReports reports;
  private final Set<String> banks;
  private final Centre centre;
  private final Clear clear;
  private final WallClock clock;
  private final Thread reader;
  private volatile boolean stopping;

  /**
   * Starts it.
   *
   * @param store where reports, scans and the cursor lie
   * @param banks whose reports are taken: those behind the platform
   * @param line to the platform
   * @param centre who hears of them
   * @param clock by which banks date what they report
   */
  public PlatformReports(
      Store store, Set<String> banks, PlatformLine line, Centre centre, WallClock clock) {
    this.line = line;
    this.kept = new PlatformStore(store);
    this.reports = new BankReports(store);
    this.banks = Set.copyOf(banks);
    this.centre = centre;
    this.clear = new Clear(centre);
    this.clock = clock;
    this.reader = new Thread(this::read, "platform-reports");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    Duration pause = LOOK;
    while (!stopping) {
      try {
        if (step()) {
          continue;
        }
        pause = LOOK;
      } catch (RuntimeException | AssertionError e) {
        LOG.warn("reports of banks are not read from the platform now: {}", e.toString());
        pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /** Reads a page; true when it held something. */
  private boolean step() {
    Optional<Instant> tick = kept.tick();
    if (tick.isEmpty()) {
      // Without the law's time nobody can say when a report came.
      return false;
    }
    PlatformLine.Page page = line.reports(kept.reportsFrom());
    if (page.messages().isEmpty() || waits(page, tick.get())) {
      return false;
    }
    page.messages().forEach(message -> take(message, tick.get()));
    kept.reportsRead(page.next());
    return true;
  }

  /**
   * True when a report of the page lies ahead of the ticks but not of the wall clock: the ticks
   * stand or lag, and what would be refused now is right once they are here.
   */
  private boolean waits(PlatformLine.Page page, Instant tick) {
    Instant now = clock.get();
    boolean ahead =
        page.messages().stream()
            .flatMap(PlatformReports::times)
            .anyMatch(
                at ->
                    at.isAfter(tick.plus(GatewayServer.SKEW))
                        && !at.isAfter(now.plus(GatewayServer.SKEW)));
    if (ahead) {
      LOG.warn("reports of banks wait for the ticks, which are at {}", tick);
    }
    return ahead;
  }

  /** Times of what has happened by a report; what is no time is refused when it is taken. */
  private static Stream<Instant> times(PlatformMessage message) {
    return Stream.concat(
            Stream.of("applicationTime", "startTime"),
            transactions(message).map(number -> TRANSACTIONS + number + ".time"))
        .filter(name -> !message.field(name).isEmpty())
        .flatMap(
            name -> {
              try {
                return Stream.of(PlatformOrders.time(message.fields(), name));
              } catch (FieldException e) {
                return Stream.empty();
              }
            });
  }

  private void take(PlatformMessage message, Instant tick) {
    String applicationId = message.field(PlatformMessage.APPLICATION_ID);
    String bank = message.field("bankID");
    try {
      if (!message.code().equals(MessageCode.CASE_REPORT.code())) {
        throw new FieldException(
            "txCode is '" + message.code() + "'; what banks report is a case report, 100401");
      }
      if (!banks.contains(bank)) {
        throw new FieldException("bankID is '" + bank + "'; it is a bank behind the platform");
      }
      List<Left> left = new ArrayList<>();
      String reportId = Clear.id(Clear.REPORT, bank, applicationId);
      Clear.Report report = clear.report(bank, reportId, applicationId, body(message, left));
      reports.keep(bank, report);
      scans(reportId, message, left);
      left.forEach(one -> reports.leave(reportId, one));
      centre.pen().write("victim.reports", reportId, report.report());
    } catch (FieldException e) {
      LOG.error(
          "case report {} of bank {} reaches no officer, ask the bank: {}",
          applicationId,
          bank,
          e.getMessage());
      reports.refuse(
          new BankReports.Refused(bank, applicationId, message.code(), e.getMessage(), tick));
    }
  }

  /** The message as a bank of the gateway would have posted it. */
  private static ObjectNode body(PlatformMessage message, List<Left> left) {
    ObjectNode body = Messages.JSON.createObjectNode();
    body.put("applicationType", message.field("applicationType"));
    body.put("victimName", message.field("victimName"));
    body.put("victimIdNumber", message.field("victimIDNumber"));
    body.put("incident", message.field("incidentDescription"));
    body.put("operatorName", operator(message));
    body.put("payerNumber", message.field("transferOut.AccountNumber"));
    body.put("reportedAt", time(message, "applicationTime"));
    String phone = message.field("victimPhone");
    if (!Telephone.meant(phone).isEmpty()) {
      body.put("victimPhone", phone);
    } else if (!phone.isEmpty()) {
      left.add(new Left(LeftOut.PHONE, ""));
    }
    transfers(body.putArray("transfers"), message, left);
    if (message.field("applicationType").equals("02")) {
      ObjectNode stop = body.putObject("stop");
      stop.put("number", message.field("accountNumber"));
      stop.put("balanceBeforeFen", PlatformOrders.fen(message.fields(), "accountBalance"));
      stop.put("startTime", time(message, "startTime"));
      stop.put("expireTime", time(message, "expireTime"));
    }
    return body;
  }

  /** Who took it up and where, as far as both fit. */
  private static String operator(PlatformMessage message) {
    String both = message.field("reportOrgName") + " " + message.field("operatorName");
    return both.length() > Clear.NAME_MAX ? message.field("operatorName") : both.strip();
  }

  /** Lists count from 1; a bank may leave numbers out. */
  private static IntStream numbers(PlatformMessage message) {
    return message.fields().keySet().stream()
        .filter(name -> name.matches("transactions\\.[0-9]{1,4}\\..+"))
        .mapToInt(name -> Integer.parseInt(name.split("\\.")[1]))
        .distinct()
        .sorted();
  }

  private static Stream<Integer> transactions(PlatformMessage message) {
    return numbers(message).boxed();
  }

  private static void transfers(ArrayNode transfers, PlatformMessage message, List<Left> left) {
    transactions(message)
        .forEach(
            number -> {
              String name = TRANSACTIONS + number;
              if (message.field(name + ".accountNumber").isEmpty()) {
                left.add(new Left(LeftOut.TRANSACTION_NUMBER, String.valueOf(number)));
              } else if (transfers.size() == TRANSFERS_MAX) {
                left.add(new Left(LeftOut.TRANSACTION_MANY, String.valueOf(number)));
              } else {
                ObjectNode paid = transfers.addObject();
                paid.put("number", message.field(name + ".accountNumber"));
                paid.put("name", message.field(name + ".accountName"));
                paid.put("amountFen", PlatformOrders.fen(message.fields(), name + ".amount"));
                paid.put("at", time(message, name + ".time"));
              }
            });
  }

  private static String time(PlatformMessage message, String name) {
    return PlatformOrders.time(message.fields(), name).toString();
  }

  /** Form and identity document of the victim; of anything else it is noted that it came. */
  private void scans(String reportId, PlatformMessage message, List<Left> left) {
    message.fields().keySet().stream()
        .filter(name -> name.startsWith(ATTACHMENTS))
        .forEach(
            name -> {
              String type = name.substring(ATTACHMENTS.length());
              scan(reportId, type, message.field(name))
                  .ifPresent(why -> left.add(new Left(why, type)));
            });
  }

  /** Keeps a scan, or says why not. */
  private Optional<LeftOut> scan(String reportId, String type, String content) {
    if (!SCANS.containsKey(type)) {
      return Optional.of(LeftOut.ATTACHMENT_TYPE);
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(content.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      return Optional.of(LeftOut.ATTACHMENT_BYTES);
    }
    if (bytes.length > IntakeDesk.SCAN_BYTES_MAX) {
      return Optional.of(LeftOut.ATTACHMENT_LARGE);
    }
    Optional<String> media = Postings.mediaType(bytes);
    media.ifPresent(known -> centre.scans().keepOnce(reportId, SCANS.get(type), known, bytes));
    return media.isPresent() ? Optional.empty() : Optional.of(LeftOut.ATTACHMENT_BYTES);
  }

  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(reader);
    try {
      reader.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
