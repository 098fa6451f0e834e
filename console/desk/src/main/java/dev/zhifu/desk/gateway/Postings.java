package dev.zhifu.desk.gateway;

import static dev.zhifu.desk.gateway.GatewayServer.json;
import static dev.zhifu.desk.gateway.GatewayServer.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.bank.http.XmlMessages;
import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.words.Words;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentReceipt;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What banks post: answers, case reports with own stops, movements, appeals. Each is one by the
 * bank's own id of it, however often it comes, and none can speak for another bank.
 */
final class Postings {
  private static final Logger LOG = LoggerFactory.getLogger(Postings.class);

  /** What a bank posts of its own accord, by what is noted of it; the rest are answers. */
  private static final Set<String> POSTS = Set.of("REPORT", "OWN_STOP", "MOVE", "APPEAL");

  private static final byte[] PDF = "%PDF-".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final byte[] JPG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

  private final MessageStore messages;
  private final Centre centre;
  private final WallClock clock;
  private final Clear clear;
  private final BankReports reports;

  Postings(Store store, MessageStore messages, Centre centre, WallClock clock) {
    this.messages = messages;
    this.centre = centre;
    this.clock = clock;
    this.clear = new Clear(centre);
    this.reports = new BankReports(store);
  }

  void receipt(Context ctx, BankAccess bank) {
    take(
        ctx,
        bank,
        "Feedback",
        (id, body) -> inbound(bank, "orders", Answers.receipt(bank.bank(), body)));
  }

  void outcome(Context ctx, BankAccess bank) {
    take(
        ctx,
        bank,
        "RiskHoldOutcome",
        (id, body) -> inbound(bank, "holds", Answers.outcome(bank.bank(), body)));
  }

  /** An answer to a release (100104): kept here, for reconciliation and the desk. */
  void released(Context ctx, BankAccess bank) {
    take(
        ctx,
        bank,
        null,
        (id, body) -> {
          ReleaseAnswer answer = Answers.released(body);
          String objectId = Reconciliation.release(answer.orderId());
          if (!messages.knows(bank.bank(), "releases", objectId)) {
            throw new UnknownException("releases has no '" + answer.orderId() + "' for this bank");
          }
          return new Posting(objectId, answer.result().name(), answer.at(), () -> {});
        });
  }

  private Posting inbound(BankAccess bank, String stream, BankInbound inbound) {
    String objectId = objectId(inbound);
    // A receipt for a payload that the bank could not read names no order, only the payload's hash.
    if (!objectId.equals(hashAlone(inbound)) && !messages.knows(bank.bank(), stream, objectId)) {
      throw new UnknownException(stream + " has no '" + objectId + "' for this bank");
    }
    return new Posting(
        objectId,
        resultOf(inbound),
        atOf(inbound),
        () -> bank.pen().write("bank." + bank.bank() + ".inbound", objectId, inbound));
  }

  void report(Context ctx, BankAccess bank) {
    take(
        ctx,
        bank,
        "CaseReport",
        (id, body) -> {
          String reportId = Clear.id(Clear.REPORT, bank.bank(), id);
          Clear.Report report = clear.report(bank.bank(), reportId, body);
          return new Posting(
              reportId,
              report.stop() == null ? "REPORT" : "OWN_STOP",
              now(),
              () -> {
                reports.keep(bank.bank(), report);
                centre.pen().write("victim.reports", reportId, report.report());
              });
        });
  }

  void move(Context ctx, BankAccess bank) {
    if (centre.ingress() == null) {
      problem(ctx, 501, "this centre takes movements of money in elsewhere; ask its engineers");
      return;
    }
    take(
        ctx,
        bank,
        null,
        (id, body) -> {
          BankTransaction move = clear.move(bank.bank(), body);
          String key =
              (move.getPayer() == null ? move.getPayee() : move.getPayer()).getAccountToken();
          return new Posting(
              move.getEventId(),
              "MOVE",
              now(),
              () -> centre.ingress().write("bank.transactions", key, move));
        });
  }

  void appeal(Context ctx, BankAccess bank) {
    take(
        ctx,
        bank,
        null,
        (id, body) -> {
          String appealId = Clear.id("A-", bank.bank(), id);
          String word = Fields.filled(body, "restriction", 64);
          String statement = Fields.filled(body, "statement", Appeals.TEXT_MAX);
          String harm = Fields.filled(body, "harm", Appeals.TEXT_MAX);
          return new Posting(
              appealId,
              "APPEAL",
              now(),
              () ->
                  centre
                      .appeals()
                      .lodge(
                          new Person("gateway-" + bank.bank(), bank.bank(), Role.BANK, bank.bank()),
                          appealId,
                          word,
                          "BANK",
                          statement,
                          harm));
        });
  }

  /** Both sides' files of a day compare it: no finer than the store keeps it. */
  private Instant now() {
    return clock.get().truncatedTo(ChronoUnit.MILLIS);
  }

  /** How an appeal of this bank stands. */
  void appealState(Context ctx, BankAccess bank) {
    String id = ctx.pathParam("id");
    Optional<Appeals.Lodged> lodged =
        centre
            .appeals()
            .find(id)
            .filter(one -> one.bank().equals(bank.bank()) && one.lodgedBy().equals("BANK"));
    if (lodged.isEmpty()) {
      problem(ctx, 404, "no appeal '" + id + "' of this bank");
      return;
    }
    Optional<LifeTransition> newest = centre.appeals().newest(id);
    ObjectNode said =
        Messages.JSON
            .createObjectNode()
            .put("appealId", id)
            .put("restriction", lodged.get().restrictionId())
            .put(
                "state",
                newest
                    .map(LifeTransition::getState)
                    .orElse(lodged.get().actId() == null ? "LODGED" : "TAKEN"));
    newest
        .flatMap(Appeals::decision)
        .ifPresent(
            decided ->
                said.put("decidedAt", decided.at().toString())
                    .put("reason", decided.reason())
                    .put("remedy", decided.remedy()));
    json(ctx, said);
  }

  /** A scan for a report of this bank: the application form (03) or the victim's document (04). */
  void scan(Context ctx, BankAccess bank) {
    String id = ctx.pathParam("id");
    if (reports.find(id).filter(one -> one.bank().equals(bank.bank())).isEmpty()) {
      problem(ctx, 404, "no report '" + id + "' of this bank");
      return;
    }
    String kind =
        switch (ctx.pathParam("kind")) {
          case "03" -> "form";
          case "04" -> "id";
          default -> "";
        };
    byte[] content = ctx.bodyAsBytes();
    String type = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT);
    boolean fits =
        type.equals("image/jpeg") && begins(content, JPG)
            || type.equals("application/pdf") && begins(content, PDF);
    if (kind.isEmpty() || !fits) {
      problem(
          ctx,
          422,
          "a scan is of kind 03 (form) or 04 (identity document), and image/jpeg or application/pdf"
              + " in its bytes too");
      return;
    }
    centre.scans().keepOnce(id, kind, type, content);
    ctx.status(204);
  }

  /** What a scan is by its first bytes; empty when it is neither JPEG nor PDF. */
  static Optional<String> mediaType(byte[] content) {
    if (begins(content, JPG)) {
      return Optional.of("image/jpeg");
    }
    return begins(content, PDF) ? Optional.of("application/pdf") : Optional.empty();
  }

  private static boolean begins(byte[] content, byte[] with) {
    return content.length > with.length
        && Arrays.equals(content, 0, with.length, with, 0, with.length);
  }

  private void take(Context ctx, BankAccess bank, String element, Reader reader) {
    String answerId = String.valueOf(ctx.header("Idempotency-Key"));
    if (!answerId.matches("[A-Za-z0-9._:-]{8,100}")) {
      problem(
          ctx,
          422,
          "Idempotency-Key is missing or no word of 8 to 100 characters; it is the bank's own id of"
              + " this answer");
      return;
    }
    String sha256 = Sha256.hex(ByteBuffer.wrap(ctx.bodyAsBytes()));
    Optional<MessageStore.Noted> before = messages.noted(bank.bank(), answerId);
    if (before.isPresent() && !before.get().sha256().equals(sha256)) {
      problem(ctx, 409, "Idempotency-Key " + answerId + " was used for another body");
      return;
    }
    try {
      // Said again, and known to be safe: nothing is read anew, since the time to accept it may be
      // over.
      MessageStore.Noted noted =
          before.isPresent() && before.get().sent()
              ? before.get()
              : write(bank, answerId, sha256, before, reader.read(answerId, body(ctx, element)));
      String objectId = noted.objectId();
      ctx.status(before.isPresent() ? 200 : 201);
      ObjectNode taken =
          Messages.JSON
              .createObjectNode()
              .put("answerId", answerId)
              .put("id", objectId)
              .put("repeated", before.isPresent());
      if (objectId.startsWith(Clear.REPORT)) {
        taken.put("applicationId", Clear.applicationId(objectId));
      }
      if (POSTS.contains(noted.result())) {
        taken.put("takenAt", noted.at().toString());
      }
      json(ctx, taken);
    } catch (JsonProcessingException e) {
      problem(ctx, 400, "the body is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FieldException e) {
      problem(ctx, 422, e.getMessage());
    } catch (UnknownException e) {
      problem(ctx, 404, e.getMessage());
    } catch (ActException e) {
      problem(ctx, 422, Words.of("en").t(e.key()));
    } catch (UnsentException e) {
      LOG.warn("{} of bank {} was not taken: {}", answerId, bank.bank(), e.toString());
      problem(
          ctx,
          503,
          "the centre's broker did not take it; send it again under the same Idempotency-Key");
    }
  }

  private static JsonNode body(Context ctx, String element) throws IOException {
    if (!String.valueOf(ctx.contentType()).startsWith(XmlMessages.TYPE)) {
      return Messages.JSON.readTree(ctx.bodyAsBytes());
    }
    if (element == null) {
      throw new FieldException("this is taken as JSON alone; the message set has no XML for it");
    }
    try {
      return XmlMessages.read(element, ctx.bodyAsBytes());
    } catch (IllegalArgumentException e) {
      throw new FieldException(e.getMessage());
    }
  }

  /**
   * Written down first: what the broker did not take is written again under the same id, and
   * whoever reads the topic takes the same answer twice as once.
   */
  private MessageStore.Noted write(
      BankAccess bank,
      String answerId,
      String sha256,
      Optional<MessageStore.Noted> before,
      Posting posting) {
    if (before.isEmpty()) {
      messages.note(
          bank.bank(), answerId, sha256, posting.objectId(), posting.result(), posting.at());
    }
    try {
      posting.write().run();
    } catch (ActException e) {
      messages.forget(bank.bank(), answerId);
      throw e;
    } catch (RuntimeException e) {
      throw new UnsentException(e);
    }
    messages.sent(bank.bank(), answerId);
    return before.orElseGet(
        () ->
            new MessageStore.Noted(
                sha256, true, posting.objectId(), posting.result(), posting.at()));
  }

  private static String objectId(BankInbound inbound) {
    if (inbound.getBody() instanceof RiskHoldOutcome outcome) {
      return outcome.getHoldId();
    }
    String hash = hashAlone(inbound);
    return hash == null ? ((StopPaymentReceipt) inbound.getBody()).getOrderId() : hash;
  }

  private static String hashAlone(BankInbound inbound) {
    return inbound.getBody() instanceof StopPaymentReceipt receipt && receipt.getOrderId().isEmpty()
        ? receipt.getPayloadSha256()
        : null;
  }

  private static String resultOf(BankInbound inbound) {
    return inbound.getBody() instanceof RiskHoldOutcome outcome
        ? outcome.getResult().toString()
        : ((StopPaymentReceipt) inbound.getBody()).getResult().toString();
  }

  private static Instant atOf(BankInbound inbound) {
    return inbound.getBody() instanceof RiskHoldOutcome outcome
        ? outcome.getAt()
        : ((StopPaymentReceipt) inbound.getBody()).getAt();
  }

  /**
   * Something to write under an id.
   *
   * @param at the bank's time of an answer, which both sides' files of a day compare; else ours
   */
  private record Posting(String objectId, String result, Instant at, Runnable write) {}

  /** Reads one kind of posting. */
  @FunctionalInterface
  private interface Reader {
    Posting read(String answerId, JsonNode body);
  }

  /** It is about nothing that this bank was ever sent. */
  private static final class UnknownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownException(String sentence) {
      super(sentence);
    }
  }

  /** The broker or store did not take it. */
  private static final class UnsentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsentException(RuntimeException cause) {
      super(cause);
    }
  }
}
