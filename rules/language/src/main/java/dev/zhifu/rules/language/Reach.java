package dev.zhifu.rules.language;

import dev.zhifu.wire.KeyKind;
import java.util.EnumSet;
import java.util.Set;

/** Which kinds of event the router brings to which kinds of key. */
final class Reach {
  private static final Set<EventKind> MONEY =
      EnumSet.range(EventKind.TRANSFER_OUT, EventKind.DEPOSIT_BROKEN);
  private static final Set<EventKind> ACCESS =
      EnumSet.range(EventKind.LOGIN, EventKind.PAYEE_ADDED);
  private static final Set<EventKind> TELECOM =
      EnumSet.range(EventKind.CALL_START, EventKind.CALL_DECLINED);

  private Reach() {}

  /** Kinds of event that can reach keys of this kind. */
  static Set<EventKind> of(KeyKind key) {
    return switch (key) {
      case HOLDER -> EnumSet.allOf(EventKind.class);
      case ACCOUNT, DEVICE -> union(MONEY, ACCESS);
      case NUMBER -> TELECOM;
      case MERCHANT -> EnumSet.range(EventKind.PURCHASE_OUT, EventKind.QR_IN);
      case ATM -> EnumSet.of(EventKind.CASH_OUT, EventKind.CASH_IN);
      case PAIR -> MONEY;
    };
  }

  /** True when any of the kinds moves money and so has phases. */
  static boolean movesMoney(Set<EventKind> kinds) {
    return kinds.stream().anyMatch(MONEY::contains);
  }

  private static Set<EventKind> union(Set<EventKind> a, Set<EventKind> b) {
    Set<EventKind> union = EnumSet.copyOf(a);
    union.addAll(b);
    return union;
  }
}
