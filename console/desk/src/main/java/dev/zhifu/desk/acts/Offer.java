package dev.zhifu.desk.acts;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.UnsignedReason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * An act that may be asked for about an order, or why it may not (docs/orders.md). The job judges
 * again: this only keeps a person from pressing what cannot work.
 *
 * @param kind the act
 * @param hindrance key of the sentence that says why not; null when it is offered
 */
public record Offer(ActKind kind, String hindrance) {
  /** Accounts on which a stop would reach more people than the thief; each is signed alone. */
  public static final Set<AccountKind> PROTECTED =
      EnumSet.of(
          AccountKind.MERCHANT,
          AccountKind.COMPANY,
          AccountKind.PAYROLL,
          AccountKind.MEDICAL,
          AccountKind.GOVERNMENT,
          AccountKind.UTILITY,
          AccountKind.POOLED);

  /** Guards that bind an officer's signature too, as the request shows them. */
  private static final Set<UnsignedReason> BINDING =
      EnumSet.of(
          UnsignedReason.POOLED_ACCOUNT,
          UnsignedReason.NO_CIPHERTEXT,
          UnsignedReason.NO_TRANSFER,
          UnsignedReason.STOP_LIMIT,
          UnsignedReason.READING_BACK,
          UnsignedReason.WRONG_ENVIRONMENT);

  /** Most stops on an account (银发〔2016〕86号). */
  private static final int STOPS_MAX = 2;

  private static final Set<OrderState> IN_FORCE =
      EnumSet.of(
          OrderState.ACTIVE, OrderState.ACTIVE_ZERO, OrderState.EXTENDED, OrderState.CONVERTING);

  /** True when a person may ask for it. */
  public boolean isOpen() {
    return hindrance == null;
  }

  /**
   * Everything that the order's state makes thinkable.
   *
   * @param stops stops that took effect on the account so far; two at most (N86)
   */
  public static List<Offer> on(StopPaymentRequest order, int stops) {
    List<Offer> offers = new ArrayList<>();
    if (order.getState() == OrderState.DRAFT) {
      offers.add(new Offer(ActKind.SIGN_ORDER, hindranceOfSigning(order)));
    }
    if (order.getState() == OrderState.DRAFT || order.getState() == OrderState.TIMEOUT) {
      offers.add(new Offer(ActKind.REJECT_REQUEST, null));
    }
    if (IN_FORCE.contains(order.getState())) {
      offers.add(new Offer(ActKind.RELEASE, null));
      offers.add(new Offer(ActKind.EXTEND, hindranceOfExtending(order, stops)));
    }
    return offers;
  }

  /** The offer of one kind on this order; one that is not thinkable says so. */
  public static Offer of(ActKind kind, StopPaymentRequest order, int stops) {
    if (kind == ActKind.UPHOLD_APPEAL) {
      // Asked for with the appeal and not beside the order.
      return new Offer(kind, inForce(order) ? null : "offer.notInThisState");
    }
    return on(order, stops).stream()
        .filter(offer -> offer.kind() == kind)
        .findFirst()
        .orElse(new Offer(kind, "offer.notInThisState"));
  }

  /** True when it may be signed together with others of its trace. */
  public static boolean inBulk(StopPaymentRequest order) {
    return of(ActKind.SIGN_ORDER, order, 0).isOpen()
        && !PROTECTED.contains(order.getTarget().getKind());
  }

  /** True when a stop is in force. */
  public static boolean inForce(StopPaymentRequest order) {
    return IN_FORCE.contains(order.getState());
  }

  /** True when this transition made a stop take effect. */
  static boolean counts(StopPaymentRequest order) {
    return order.getState() == OrderState.ACTIVE
        || order.getState() == OrderState.ACTIVE_ZERO
        || order.getState() == OrderState.EXTENDED;
  }

  /** Row STOP_EXTENDED of the table: from a first stop in force, while a second is left. */
  private static String hindranceOfExtending(StopPaymentRequest order, int stops) {
    if (order.getState() == OrderState.CONVERTING) {
      return "offer.converting";
    }
    return order.getState() == OrderState.EXTENDED || stops >= STOPS_MAX ? "offer.stopsUsed" : null;
  }

  private static String hindranceOfSigning(StopPaymentRequest order) {
    if (order.getReportId() == null) {
      return "unsigned.NO_ACCEPTED_REPORT";
    }
    if (order.getBankTransactionId() == null) {
      return "unsigned.NO_TRANSFER";
    }
    if (order.getTarget().getCipher() == null) {
      return "unsigned.NO_CIPHERTEXT";
    }
    return order.getUnsigned().stream()
        .filter(BINDING::contains)
        .findFirst()
        .map(reason -> "unsigned." + reason)
        .orElse(null);
  }
}
