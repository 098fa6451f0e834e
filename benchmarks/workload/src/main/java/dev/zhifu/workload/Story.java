package dev.zhifu.workload;

import java.util.LinkedHashSet;
import java.util.Set;

/** Something that happens among people, with its name in the truth file. */
class Story {
  final int index;
  final String id;
  final String kind;
  final boolean fraud;

  /** How it departs from its script. */
  Manner manner = Manner.PLAIN;

  /** When its script begins, UTC milliseconds; waits of the script count from here. */
  long beginsMs;

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

  /** Sets the beginning and the manner, once, before anything is planned. */
  final void begins(long at, Manner own) {
    beginsMs = at;
    manner = own;
  }

  /** When something happens that the script has at a time. */
  final long when(long scriptMs) {
    return beginsMs + manner.waits(scriptMs - beginsMs);
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
