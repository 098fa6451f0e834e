package dev.zhifu.workload;

/** Ordinary life that looks like fraud. */
public enum InnocentKind {
  /** Many tenants pay on one day, and most of it goes on to the mortgage and the family. */
  LANDLORD,
  /** A firm pays all its people; some move the money on at once. */
  PAYDAY,
  /** A coal mine settles freight; drivers pass it to fleet owners, fuel and cash. */
  FREIGHT,
  /** A parent pays a school while on the phone with it. */
  TUITION,
  /** A loan paid out at the counter and passed to a seller. */
  COUNTER_LOAN,
  /** Guests send money to a couple, who pay the restaurant. */
  WEDDING,
  /** A dealer buys a herd; the herder pays fodder, relatives and the bank. */
  LIVESTOCK,
  /** A new phone and SIM, the app bound again, savings moved to oneself. */
  NEW_PHONE,
  /** An old person breaks a deposit and moves it to a child who is on the phone. */
  ELDERLY_SAVINGS,
  /** A child helps a parent pay a bill by sharing the screen. */
  FAMILY_SUPPORT,
  /** A neighbour collects for a group purchase and pays the supplier. */
  GROUP_BUY,
  /** A quarrel with a shop reported as fraud; officers refuse it. */
  SHOP_DISPUTE,

  /** A snack stall at rush hour: code payments of the same few sums, minute by minute. */
  CODE_STALL,
  /** A club collects the same sum from everybody and pays the hall. */
  GROUP_PRICE,
  /** A parent of the committee collects school fees of a class and pays the school. */
  CLASS_FEES,
  /** A co-operative pays its farmers one after another, just after the buyer paid it. */
  COOPERATIVE,
  /** An advance comes from the firm and goes out to a hotel or supplier within the hour. */
  REIMBURSEMENT,
  /** A long meeting with shared screen, then a supplier is paid, never paid before. */
  MEETING_SUPPLIER,
  /** A firm buys gift cards for its people at one shop, card by card. */
  FESTIVAL_CARDS,
  /** A decorator is paid in equal parts because of the daily limit. */
  INSTALMENTS,
  /** One yuan first, to see that the account is right, then the large sum. */
  TEST_TRANSFER,
  /** A used car: a deposit, then the price, to a stranger met today. */
  CAR_SALE,
  /** The deposit on a house, with the agent on the line. */
  HOUSE_DEPOSIT,
  /** An online loan drawn and spent on a real purchase within the hour. */
  LOAN_PURCHASE,

  /** Two or three of a family use one telephone for their accounts. */
  SHARED_PHONE,
  /** One of the family at the machine with everybody's cards. */
  FAMILY_CARDS,
  /** Grandparents buy gold for a bride. */
  GOLD_PRESENT,
  /** The hospital has called: cash over the counter for a carer. */
  CASH_FOR_CARE,
  /** Land money comes to an account asleep for half a year, and goes to the children. */
  SLEEPING_ACCOUNT,
  /** An account opened last week for a new job or a house, and at once a large credit. */
  NEW_ACCOUNT,
  /** A student far from home gets odd sums from relatives and second-hand buyers. */
  STUDENT_CREDITS,
  /** A child buys game credit on the parent's telephone, again and again. */
  CHILD_GAMES,
  /** A driver or nurse who earns and pays at night. */
  NIGHT_WORK,
  /** A fund pays out a little, its owner puts in a lot. */
  REAL_FUND,

  /** A courier rings at every door of his round. */
  COURIER_CALLS,
  /** A bank's real call centre, and customers who log in afterwards. */
  BANK_CALL_CENTRE,
  /** A day of bargains: codes from many shops within minutes. */
  SHOPPING_CODES,
  /** Calls forwarded to the office for the day, and a code for a payment. */
  FORWARDED_OFFICE,
  /** A video call with a child who studies far away, then money to the child. */
  VIDEO_FAMILY,
  /** The firm's help desk works on the telephone, and its owner pays a bill meanwhile. */
  HELP_DESK,
  /** A warning call for nothing, and the line is busy. */
  NEEDLESS_WARNING,

  /** A visitor pays in shops never seen before, takes cash far from home and pays a guide. */
  TOURIST,
  /** A shop's great day: one low price from everybody, and a little back to some. */
  SHOP_PROMOTION
}
