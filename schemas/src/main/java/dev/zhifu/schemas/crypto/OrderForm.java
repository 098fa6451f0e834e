package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.StopPaymentOrder;
import java.util.Optional;
import java.util.Set;

/** What must be true of an order's fields whatever the account: the form of message 100101. */
final class OrderForm {
  /** Hours of one stop (Yinfa [2016] 86). */
  private static final int TERM_HOURS_MAX = 48;

  private static final int APPLICATION_ID_CHARS = 36;
  private static final Set<String> FIRST_TYPES = Set.of("00", "01");
  private static final Set<String> LATER_TYPES = Set.of("02", "03", "04", "05");
  private static final Set<String> ACCOUNT_TYPES = Set.of("01", "02");
  private static final Set<String> LEVELS = Set.of("01", "02");

  private OrderForm() {}

  /** The first fault found; empty when the form is right. */
  static Optional<String> faultOf(StopPaymentOrder order) {
    if (order.getOrderId().isBlank()) {
      return Optional.of("orderId is empty");
    }
    if (order.getApplicationId().length() != APPLICATION_ID_CHARS) {
      return Optional.of("applicationId '" + order.getApplicationId() + "' has not 36 characters");
    }
    return typeFault(order).or(() -> valueFault(order)).or(() -> timeFault(order));
  }

  private static Optional<String> typeFault(StopPaymentOrder order) {
    String type = order.getApplicationType();
    boolean later = LATER_TYPES.contains(type);
    if (!later && !FIRST_TYPES.contains(type)) {
      return Optional.of("applicationType '" + type + "' is none of 00 to 05");
    }
    if (later && order.getOriginalApplicationId() == null) {
      return Optional.of("applicationType " + type + " needs originalApplicationId");
    }
    return Optional.empty();
  }

  private static Optional<String> valueFault(StopPaymentOrder order) {
    if (!ACCOUNT_TYPES.contains(order.getAccountType())) {
      return Optional.of("accountType '" + order.getAccountType() + "' is neither 01 nor 02");
    }
    if (!LEVELS.contains(order.getEmergencyLevel())) {
      return Optional.of("emergencyLevel '" + order.getEmergencyLevel() + "' is neither 01 nor 02");
    }
    if (order.getTransferAmountFen() <= 0) {
      return Optional.of("transferAmountFen " + order.getTransferAmountFen() + " is not above 0");
    }
    if (!order.getCurrency().equals("CNY")) {
      return Optional.of("currency '" + order.getCurrency() + "' is not CNY");
    }
    return Optional.empty();
  }

  private static Optional<String> timeFault(StopPaymentOrder order) {
    if (order.getTermHours() < 1 || order.getTermHours() > TERM_HOURS_MAX) {
      return Optional.of("termHours " + order.getTermHours() + " is not 1 to " + TERM_HOURS_MAX);
    }
    if (!order.getNotAfter().isAfter(order.getApplicationTime())) {
      return Optional.of("notAfter " + order.getNotAfter() + " is not after applicationTime");
    }
    return Optional.empty();
  }
}
