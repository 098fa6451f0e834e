package dev.zhifu.rules.money;

import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import java.util.Objects;

/**
 * How money moved.
 *
 * @param kind what moved
 * @param channel where it was entered
 * @param virtualCurrency true when the bank's own dictionary classes the remark so
 * @param crossBorder true when the money left the country
 * @param atm id of the cash machine; empty when none was used
 */
public record Means(
    TransactionKind kind,
    Channel channel,
    boolean virtualCurrency,
    boolean crossBorder,
    String atm) {
  /** An ordinary transfer in a bank's application. */
  public static final Means TRANSFER =
      new Means(TransactionKind.TRANSFER, Channel.MOBILE_APP, false, false, "");

  /** Class of a remark about virtual currency, as the ingress names it. */
  static final String CLASS_VIRTUAL_CURRENCY = "virtual-currency";

  /** Class of a remark of a transfer abroad, as the ingress names it. */
  static final String CLASS_CROSS_BORDER = "cross-border";

  /** Checks that nothing is missing. */
  public Means {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(atm, "atm");
  }

  /** Cash from a machine. */
  public static Means atm(String machine) {
    return new Means(TransactionKind.CASH_WITHDRAWAL, Channel.ATM, false, false, machine);
  }

  /** The same of another kind. */
  public Means with(TransactionKind other) {
    return new Means(other, channel, virtualCurrency, crossBorder, atm);
  }
}
