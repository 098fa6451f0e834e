package dev.zhifu.workload;

import java.util.Collection;

/**
 * Which banks are connected to the centre. One that is not neither asks nor reports nor obeys: a
 * transfer from it is reported by the payee's bank, if that one is connected, with what that bank
 * knows of the other side.
 */
final class Connections {
  private final boolean[] cut = new boolean[Ledger.BANKS];

  /**
   * Takes banks off the centre.
   *
   * @throws IllegalArgumentException if the city has no such bank
   */
  void cut(Collection<String> codes) {
    for (String code : codes) {
      if (!code.matches("B(0[1-9]|1[0-2])")) {
        throw new IllegalArgumentException("No bank " + code + " in this city: it has B01 to B12");
      }
      cut[Integer.parseInt(code.substring(1)) - 1] = true;
    }
  }

  boolean has(int bank) {
    return !cut[bank];
  }

  /** Bank that reports a payment, or -1 when neither side's is connected. */
  int reporter(Payment payment) {
    if (payment.payer != null && has(payment.payer.bank)) {
      return payment.payer.bank;
    }
    return payment.payee != null && has(payment.payee.bank) ? payment.payee.bank : -1;
  }
}
