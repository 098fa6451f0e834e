package dev.zhifu.bench;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.Side;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Accounts on which sequences mean nothing because strangers meet there.
 *
 * @param tokens of these accounts
 */
record Hubs(Set<String> tokens) implements Serializable {

  static Hubs of(List<ListEntry> lists) {
    return new Hubs(
        lists.stream()
            .filter(entry -> entry.getList() == ListKind.POOLED || entry.getList() == ListKind.HUB)
            .map(ListEntry::getToken)
            .collect(Collectors.toSet()));
  }

  /** True when the account on the view's side is one. */
  boolean stands(EventView view) {
    Object body = view.event().getEvent();
    AccountRef account = null;
    if (body instanceof BankTransaction transaction) {
      account = view.side() == Side.CREDIT ? transaction.getPayee() : transaction.getPayer();
    } else if (body instanceof BankAccessEvent access) {
      account = access.getAccount();
    }
    return account != null && tokens.contains(account.getAccountToken());
  }
}
