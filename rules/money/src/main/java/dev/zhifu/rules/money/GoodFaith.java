package dev.zhifu.rules.money;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.TransactionKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Signs in an account's ledger that its holder may have taken money in good faith. The law does not
 * recover money so acquired (诈骗刑事案件解释 2011 art. 10); which facts make a sign is our own default. A
 * sign decides nothing: a person does.
 */
public final class GoodFaith {
  private GoodFaith() {}

  /**
   * What a ledger shows.
   *
   * @param history the account's movements over the days kept, undone ones left out
   * @param claimedInFen claimed money among its credits, fen
   */
  public static List<GoodFaithSign> signs(History history, long claimedInFen) {
    Set<GoodFaithSign> signs = EnumSet.noneOf(GoodFaithSign.class);
    for (Movement movement : history.movements()) {
      if (movement.credit()) {
        if (sells(movement.means())) {
          signs.add(GoodFaithSign.SELLS);
        }
        if (wages(movement.other().kind())) {
          signs.add(GoodFaithSign.WAGES);
        }
      }
    }
    if (2 * claimedInFen < creditsFen(history)) {
      signs.add(GoodFaithSign.OTHERS_PAY);
    }
    return new ArrayList<>(signs);
  }

  /** All that came in over the days kept, fen. */
  public static long creditsFen(History history) {
    long sum = 0;
    for (Movement movement : history.movements()) {
      sum = Math.addExact(sum, movement.credit() ? movement.fen() : 0);
    }
    return sum;
  }

  private static boolean sells(Means means) {
    return means.virtualCurrency() || means.kind() == TransactionKind.PURCHASE;
  }

  private static boolean wages(AccountKind payer) {
    return payer == AccountKind.PAYROLL || payer == AccountKind.GOVERNMENT;
  }
}
