package dev.zhifu.workload;

import java.util.LinkedHashSet;
import java.util.Set;

/** Something that happens among people, with its name in the truth file. */
class Story {
  final int index;
  final String id;
  final String kind;
  final boolean fraud;

  /** Accounts that paid or received in it, in order. */
  final Set<Account> accounts = new LinkedHashSet<>(4);

  /** Number tokens of those who called for it, in order. */
  final Set<String> numbers = new LinkedHashSet<>(1);

  /** First and last booking, UTC milliseconds; 0 for none yet. */
  long firstAt;

  long lastAt;

  /** Last payment of a victim; 0 for none yet. */
  long lastLossAt;

  int bookings;
  long movedFen;

  Story(int index, String id, String kind, boolean fraud) {
    this.index = index;
    this.id = id;
    this.kind = kind;
    this.fraud = fraud;
  }

  /** Keeps what the truth says of a booking. */
  final void booked(Payment payment, long at) {
    if (payment.payer != null) {
      accounts.add(payment.payer);
    }
    if (payment.payee != null) {
      accounts.add(payment.payee);
    }
    firstAt = bookings == 0 ? at : Math.min(firstAt, at);
    lastAt = Math.max(lastAt, at);
    lastLossAt = payment.loss ? Math.max(lastLossAt, at) : lastLossAt;
    bookings++;
    movedFen += payment.amountFen;
  }
}
