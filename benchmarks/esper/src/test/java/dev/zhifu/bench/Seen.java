package dev.zhifu.bench;

import dev.zhifu.rules.features.StepKeys;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionPhase;

/**
 * An event as its holder sees it, with the fields that the ten rules read under the names that
 * Esper's statements use; null where the record has no such field. Public because Esper's generated
 * code calls it.
 */
public final class Seen {
  private final EnrichedEvent event;
  private final BankTransaction transaction;
  private final BankAccessEvent access;
  private final TelecomEvent telecom;
  private final Side side;
  private final String word;
  private final String key;

  Seen(EnrichedEvent event) {
    this.event = event;
    Object body = event.getEvent();
    this.transaction = body instanceof BankTransaction it ? it : null;
    this.access = body instanceof BankAccessEvent it ? it : null;
    this.telecom = body instanceof TelecomEvent it ? it : null;
    this.side = transaction == null ? Side.SUBJECT : Side.DEBIT;
    this.word = EventKind.of(new EventView(event, side)).word();
    this.key = StepKeys.holder(event);
  }

  EnrichedEvent event() {
    return event;
  }

  /** The holder. */
  public String getKey() {
    return key;
  }

  /** Kind of event, as rules name it. */
  public String getWord() {
    return word;
  }

  /** How the holder stands in it. */
  public Side getSide() {
    return side;
  }

  /** Event time, milliseconds. */
  public long getTimeMs() {
    return event.getOccurredAt().toEpochMilli();
  }

  /** What the feature steps made of it. */
  public Features getFeatures() {
    return event.getFeatures();
  }

  /** The language's rule about phases of a movement of money; true for all else. */
  public boolean isTakes() {
    return transaction == null
        || (transaction.getPhase() == TransactionPhase.AWAITING
                || transaction.getPhase() == TransactionPhase.COMPLETED)
            && !Boolean.TRUE.equals(event.getFeatures().getPhaseRepeats());
  }

  /** Fen. */
  public Long getAmountFen() {
    return transaction == null ? null : Long.valueOf(transaction.getAmountFen());
  }

  /** Kind of the payer's account. */
  public AccountKind getPayerKind() {
    AccountRef payer = transaction == null ? null : transaction.getPayer();
    return payer == null ? null : payer.getKind();
  }

  /** Age of the payer's holder, years. */
  public Integer getPayerAgeYears() {
    AccountRef payer = transaction == null ? null : transaction.getPayer();
    return payer == null ? null : payer.getHolderAgeYears();
  }

  /** Kind of the payee's account. */
  public AccountKind getPayeeKind() {
    AccountRef payee = transaction == null ? null : transaction.getPayee();
    return payee == null ? null : payee.getKind();
  }

  /** By which way a movement of money was ordered. */
  public Channel getChannel() {
    return transaction == null ? null : transaction.getChannel();
  }

  /** True when the remark speaks of precious metal. */
  public Boolean getPreciousMetal() {
    return transaction == null ? null : transaction.getRemarkClasses().contains("precious-metal");
  }

  /** Device of a movement of money or an access. */
  public String getDeviceToken() {
    return transaction != null
        ? transaction.getDeviceToken()
        : access == null ? null : access.getDeviceToken();
  }

  /** Whether an access succeeded. */
  public Boolean getSucceeded() {
    return access == null ? null : access.getSucceeded();
  }

  /** Whether a call came in. */
  public Boolean getIncoming() {
    return telecom == null ? null : telecom.getIncoming();
  }

  /** Whether the other number was never met before. */
  public Boolean getFirstContact() {
    return telecom == null ? null : telecom.getFirstContact();
  }

  /** Length of a call that has ended, seconds. */
  public Integer getDurationSeconds() {
    return telecom == null ? null : telecom.getDurationSeconds();
  }

  /** Class of the other number. */
  public PrefixClass getPeerPrefix() {
    return telecom == null ? null : telecom.getPeerPrefix();
  }

  /** Call or session. */
  public String getSessionId() {
    return telecom == null ? null : telecom.getSessionId();
  }

  /** The subscriber's number. */
  public String getNumberToken() {
    return telecom == null ? null : telecom.getNumberToken();
  }

  /** Class of a short message. */
  public SmsClass getSmsClass() {
    return telecom == null ? null : telecom.getSmsClass();
  }

  /** Class of an application. */
  public AppClass getAppClass() {
    return telecom == null ? null : telecom.getAppClass();
  }

  /** One-time passwords. */
  public Integer getOtpCount() {
    return telecom == null ? null : telecom.getOtpCount();
  }

  /** Senders of one-time passwords. */
  public Integer getOtpSenders() {
    return telecom == null ? null : telecom.getOtpSenders();
  }
}
