package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.channel.PlatformMessage;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the platform what banks behind it report (100401), their own stops among it, into the
 * same path as what banks post to the gateway: an officer examines form and identity document and
 * accepts, and by when an own stop needs its order is our own service level, shown as such
 * (ADR-0137, ADR-0156). A report is one by its applicationID, however often it is read.
 */
public final class PlatformReports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlatformReports.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final long JOIN_MILLIS = 5_000;
  private static final int TRANSFERS_MAX = Clear.TRANSFERS_MAX;

  /** Attachments by their type in the message set, and as the desk calls them. */
  private static final Map<String, String> SCANS = Map.of("03", "form", "04", "id");

  private final PlatformLine line;
  private final PlatformStore kept;
  private final BankReports reports;
  private final Set<String> banks;
  private final Centre centre;
  private final Clear clear;
  private final Thread reader;
  private volatile boolean stopping;

  /**
   * Starts it.
   *
   * @param store where reports, scans and the cursor lie
   * @param banks whose reports are taken: those behind the platform
   * @param line to the platform
   * @param centre who hears of them
   */
  public PlatformReports(Store store, Set<String> banks, PlatformLine line, Centre centre) {
    this.line = line;
    this.kept = new PlatformStore(store);
    this.reports = new BankReports(store);
    this.banks = Set.copyOf(banks);
    this.centre = centre;
    this.clear = new Clear(centre);
    this.reader = new Thread(this::read, "platform-reports");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    while (!stopping) {
      try {
        if (step()) {
          continue;
        }
      } catch (RuntimeException | AssertionError e) {
        LOG.warn("reports of banks are not read from the platform now: {}", e.toString());
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** Reads a page; true when it held something. */
  private boolean step() {
    if (kept.tick().isEmpty()) {
      // Without the law's time nobody can say when a report came.
      return false;
    }
    PlatformLine.Page page = line.reports(kept.reportsFrom());
    page.messages().forEach(this::take);
    if (!page.messages().isEmpty()) {
      kept.reportsRead(page.next());
    }
    return !page.messages().isEmpty();
  }

  private void take(PlatformMessage message) {
    String applicationId = message.field(PlatformMessage.APPLICATION_ID);
    String bank = message.field("bankID");
    try {
      if (!banks.contains(bank)) {
        throw new FieldException("bankID is '" + bank + "'; it is a bank behind the platform");
      }
      String reportId = Clear.id(Clear.REPORT, bank, applicationId);
      Clear.Report report = clear.report(bank, reportId, applicationId, body(message));
      reports.keep(bank, report);
      scans(reportId, message);
      centre.pen().write("victim.reports", reportId, report.report());
    } catch (FieldException e) {
      LOG.error(
          "case report {} of bank {} reaches no officer, ask the bank: {}",
          applicationId,
          bank,
          e.getMessage());
    }
  }

  /** The message as a bank of the gateway would have posted it. */
  private static ObjectNode body(PlatformMessage message) {
    ObjectNode body = Messages.JSON.createObjectNode();
    body.put("applicationType", message.field("applicationType"));
    body.put("victimName", message.field("victimName"));
    body.put("victimIdNumber", message.field("victimIDNumber"));
    body.put("incident", message.field("incidentDescription"));
    body.put("operatorName", message.field("operatorName"));
    body.put("payerNumber", message.field("transferOut.AccountNumber"));
    body.put("reportedAt", time(message, "applicationTime"));
    ArrayNode transfers = body.putArray("transfers");
    for (int i = 1; i <= TRANSFERS_MAX; i++) {
      String name = "transactions." + i;
      if (!message.field(name + ".accountNumber").isEmpty()) {
        ObjectNode paid = transfers.addObject();
        paid.put("number", message.field(name + ".accountNumber"));
        paid.put("name", message.field(name + ".accountName"));
        paid.put("amountFen", PlatformOrders.fen(message.fields(), name + ".amount"));
        paid.put("at", time(message, name + ".time"));
      }
    }
    if (message.field("applicationType").equals("02")) {
      ObjectNode stop = body.putObject("stop");
      stop.put("number", message.field("accountNumber"));
      stop.put("balanceBeforeFen", PlatformOrders.fen(message.fields(), "accountBalance"));
      stop.put("startTime", time(message, "startTime"));
      stop.put("expireTime", time(message, "expireTime"));
    }
    return body;
  }

  private static String time(PlatformMessage message, String name) {
    return PlatformOrders.time(message.fields(), name).toString();
  }

  /** Form and identity document of the victim; what is neither JPEG nor PDF is left out. */
  private void scans(String reportId, PlatformMessage message) {
    SCANS.forEach(
        (type, kind) -> {
          String content = message.field("attachments." + type);
          if (content.isEmpty()) {
            return;
          }
          try {
            byte[] bytes = Base64.getDecoder().decode(content);
            Postings.mediaType(bytes)
                .ifPresentOrElse(
                    media -> centre.scans().keepOnce(reportId, kind, media, bytes),
                    () -> LOG.error("attachment {} of {} is no JPEG or PDF", type, reportId));
          } catch (IllegalArgumentException e) {
            LOG.error("attachment {} of {} is no base64", type, reportId);
          }
        });
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
