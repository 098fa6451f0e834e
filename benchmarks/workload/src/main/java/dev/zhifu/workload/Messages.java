package dev.zhifu.workload;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.time.LocalDate;

/** Turns what happens into the wire's records, identities into tokens. */
final class Messages {
  private static final String CNY = "CNY";
  private static final String[] CODES = new String[Ledger.BANKS];

  static {
    for (int bank = 0; bank < CODES.length; bank++) {
      CODES[bank] = String.format("B%02d", bank + 1);
    }
  }

  private final Identity identity;
  private final Connections connections;
  private final TokenStore accounts = new TokenStore();
  private final TokenStore holders = new TokenStore();
  private final TokenStore numbers = new TokenStore();
  private final TokenStore devices = new TokenStore();

  Messages(Identity identity, Connections connections) {
    this.identity = identity;
    this.connections = connections;
  }

  static String bankCode(int bank) {
    return CODES[bank];
  }

  /** A bank's own id of one booking. */
  static String bankTransactionId(int bank, int entry) {
    return bankCode(bank) + "-" + padded(entry, 9);
  }

  /** A number with leading zeros; String.format takes ten times as long. */
  static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  /** A phase as it is reported; null when neither side's bank is connected. */
  BankTransaction phase(Payment payment, TransactionPhase phase, long at, Ledger.Booked booked) {
    int reporter = connections.reporter(payment);
    if (reporter < 0) {
      return null;
    }
    String source = bankCode(reporter);
    boolean done = booked != null;
    boolean payerKnown = payment.payer != null && connections.has(payment.payer.bank);
    boolean payeeKnown = payment.payee != null && connections.has(payment.payee.bank);
    return new BankTransaction(
        source + ":" + payment.transactionId + ":" + phase,
        source,
        payment.transactionId,
        payment.kind,
        phase,
        Instant.ofEpochMilli(at),
        Instant.ofEpochMilli(at),
        payment.amountFen,
        CNY,
        payment.payer == null
            ? null
            : ref(payment.payer, done ? booked.payerBeforeFen() : payment.payer.balanceFen),
        payment.payee == null ? null : ref(payment.payee, done ? booked.payeeBeforeFen() : null),
        payment.channel,
        payment.deviceToken,
        payment.atmId,
        payment.merchantId,
        payment.remarks,
        done && payerKnown
            ? booking(payment.payer, booked.payerEntry(), at, booked.payerSerial())
            : null,
        done && payeeKnown
            ? booking(
                payment.payee, booked.payeeEntry(), payment.payeeBookedAt, booked.payeeSerial())
            : null,
        phase == TransactionPhase.AWAITING ? Instant.ofEpochMilli(payment.answerBy) : null);
  }

  private static Booking booking(Account account, int entry, long at, int serial) {
    return new Booking(
        bankCode(account.bank),
        bankTransactionId(account.bank, entry),
        Instant.ofEpochMilli(at),
        (long) serial);
  }

  /** An account as its own bank names it, or as others do when that bank is not connected. */
  AccountRef ref(Account account, Long balanceBeforeFen) {
    if (!connections.has(account.bank)) {
      return new AccountRef(
          token(account),
          null,
          bankCode(account.bank),
          null,
          AccountKind.UNKNOWN,
          null,
          null,
          null,
          null);
    }
    if (!account.sealed) {
      account.cipher =
          identity.cipher(bankCode(account.bank), token(account), account.name(), account.number());
      account.sealed = true;
    }
    return new AccountRef(
        token(account),
        account.cipher == null ? null : account.cipher.duplicate(),
        bankCode(account.bank),
        holderToken(account.holder),
        account.kind,
        LocalDate.ofEpochDay(account.openedDay),
        balanceBeforeFen,
        account.holder.person() ? (int) account.holder.age : null,
        account.holder.region);
  }

  String token(Account account) {
    String known = accounts.get(account.index);
    return known != null
        ? known
        : accounts.put(account.index, identity.account(bankCode(account.bank), account.number()));
  }

  String holderToken(Holder holder) {
    String known = holders.get(holder.index);
    return known != null
        ? known
        : holders.put(holder.index, identity.holder(holder.identityNumber()));
  }

  String numberToken(Holder holder) {
    String known = numbers.get(holder.index);
    return known != null ? known : numbers.put(holder.index, identity.number(holder.msisdn()));
  }

  String deviceToken(Holder holder) {
    String known = devices.get(holder.index);
    return known != null ? known : devices.put(holder.index, identity.device(holder.deviceId()));
  }

  /** The holder has a new telephone. */
  void forgetDevice(Holder holder) {
    devices.forget(holder.index);
  }

  String numberToken(Peer peer) {
    return identity.number(peer.msisdn());
  }

  String deviceToken(String deviceId) {
    return identity.device(deviceId);
  }

  String addressToken(String ip) {
    return identity.address(ip);
  }
}
