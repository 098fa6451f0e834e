package dev.zhifu.schemas.events;

import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.VictimReport;
import dev.zhifu.wire.WarningTier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/**
 * Ids that are made, never drawn: the same facts give the same id after every restart and replay.
 * Hashed ids are SHA-256 over a kind word and the parts, each as its length in four bytes
 * (big-endian) and its UTF-8 bytes, so that no two lists of parts read alike; 64 lower-case hex
 * digits.
 */
public final class EventIds {

  private static final int HEX_DIGITS = 64;

  private EventIds() {}

  /**
   * Event id of a phase of a transaction.
   *
   * @param source code of the reporting bank
   * @param transactionId that source's id of the transaction
   * @param phase the phase reported
   */
  public static String transactionEventId(
      String source, String transactionId, TransactionPhase phase) {
    return source + ":" + transactionId + ":" + phase;
  }

  /**
   * Event id of an access or telecom event.
   *
   * @param source code of the sender
   * @param serial the sender's own serial
   */
  public static String serialEventId(String source, String serial) {
    return source + ":" + serial;
  }

  /**
   * The event id that an ingress record carries; a report's is its report id.
   *
   * @throws IllegalArgumentException if {@code record} is not one of the four ingress records
   */
  public static String of(SpecificRecord record) {
    if (record instanceof BankTransaction transaction) {
      return transaction.getEventId();
    }
    if (record instanceof TelecomEvent telecom) {
      return telecom.getEventId();
    }
    if (record instanceof BankAccessEvent access) {
      return access.getEventId();
    }
    if (record instanceof VictimReport report) {
      return report.getReportId();
    }
    throw new IllegalArgumentException(
        record.getClass().getSimpleName()
            + " is no ingress record; these are BankTransaction, BankAccessEvent, TelecomEvent,"
            + " VictimReport");
  }

  /**
   * Id of a hit.
   *
   * @param ruleId rule
   * @param ruleVersion its version
   * @param keyKind what it is matched on
   * @param key token of the key
   * @param evidence steps with their events, in order
   */
  public static String hitId(
      String ruleId, int ruleVersion, KeyKind keyKind, String key, List<Evidence> evidence) {
    Hash hash = new Hash("hit").add(ruleId).add(ruleVersion).add(keyKind.name()).add(key);
    for (Evidence one : evidence) {
      hash.add(one.getStep()).add(one.getEventId());
    }
    return hash.hex();
  }

  /**
   * Id of a case; never recomputed once it is open.
   *
   * @param kind whom it is about
   * @param subject that one's token
   * @param firstEvidenceEventId event id of the first evidence
   */
  public static String caseId(SubjectKind kind, String subject, String firstEvidenceEventId) {
    return new Hash("case").add(kind.name()).add(subject).add(firstEvidenceEventId).hex();
  }

  /**
   * Id of an order object.
   *
   * @param targetAccount token of the account to stop
   * @param ordinal counts order objects on that account from 1
   */
  public static String orderId(String targetAccount, int ordinal) {
    return new Hash("order").add(targetAccount).add(ordinal).hex();
  }

  /**
   * Id of the order that extends a stop: the second and last on its account.
   *
   * @param orderId the order whose stop is extended
   */
  public static String extensionId(String orderId) {
    return new Hash("extension").add(orderId).hex();
  }

  /**
   * Application id of an order: its id's first 16 bytes in the form of a UUID, 36 characters.
   *
   * @param orderId 64 hex digits
   * @throws IllegalArgumentException if it is not
   */
  public static String applicationId(String orderId) {
    if (orderId.length() != HEX_DIGITS) {
      throw new IllegalArgumentException(
          "order id '" + orderId + "' is not 64 hex digits; make it with orderId(...)");
    }
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(orderId));
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  /**
   * Id of a risk hold.
   *
   * @param paymentId transaction id of the payment, with its source in front ({@code
   *     source:transactionId})
   * @param accountToken the account held
   */
  public static String holdId(String paymentId, String accountToken) {
    return new Hash("hold").add(paymentId).add(accountToken).hex();
  }

  /**
   * Id of the notice that a restriction needs.
   *
   * @param restrictionId hold id or order id
   */
  public static String noticeId(String restrictionId) {
    return new Hash("notice").add(restrictionId).hex();
  }

  /** Id of the warning of a case at a tier. */
  public static String warningId(String caseId, WarningTier tier) {
    return new Hash("warning").add(caseId).add(tier.name()).hex();
  }

  /**
   * Id of a transition: the object and its sequence number.
   *
   * @param objectId order, hold or case id
   * @param sequence number of the transition, from 1
   */
  public static String transitionId(String objectId, long sequence) {
    return objectId + ":" + sequence;
  }

  /** Id of a dead letter: where it was read. */
  public static String deadLetterId(String topic, int partition, long offset) {
    return topic + ":" + partition + ":" + offset;
  }

  /** Id of an entry of a list. */
  public static String listEntryId(ListKind list, ListSubject subject, String token) {
    return list + ":" + subject + ":" + token;
  }

  /** SHA-256 of {@code bytes}, 64 lower-case hex digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** A hash under construction. */
  private static final class Hash {

    private final MessageDigest digest = digest();

    Hash(String kind) {
      add(kind);
    }

    Hash add(long number) {
      return add(Long.toString(number));
    }

    Hash add(String part) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
      digest.update(bytes);
      return this;
    }

    String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
