package dev.zhifu.rules.features;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The lists that features and router read: who stands on which, from when to when. The newest entry
 * of an id counts.
 */
public final class Listings {
  private final Map<ListKind, Map<ListSubject, Map<String, ListEntry>>> lists =
      new EnumMap<>(ListKind.class);
  private int size;

  /** Puts an entry, in place of the one with the same list, subject kind and token. */
  public void put(ListEntry entry) {
    ListEntry before =
        lists
            .computeIfAbsent(entry.getList(), list -> new EnumMap<>(ListSubject.class))
            .computeIfAbsent(entry.getSubject(), subject -> new HashMap<>())
            .put(entry.getToken(), entry);
    size += before == null ? 1 : 0;
  }

  /** Number of entries kept. */
  public int size() {
    return size;
  }

  /** True when the token stands on the list at this event time. */
  public boolean isListed(ListKind list, ListSubject subject, String token, long at) {
    Map<ListSubject, Map<String, ListEntry>> subjects = lists.get(list);
    Map<String, ListEntry> tokens = subjects == null ? null : subjects.get(subject);
    ListEntry entry = tokens == null || token == null ? null : tokens.get(token);
    return entry != null
        && entry.getEffectiveFrom().toEpochMilli() <= at
        && (entry.getEffectiveTo() == null || at < entry.getEffectiveTo().toEpochMilli());
  }

  /** True when the account or its holder stands on a list of those involved in cases. */
  public boolean isInvolved(AccountRef account, long at) {
    return isListed(ListKind.LISTED_ACCOUNT, ListSubject.ACCOUNT, account.getAccountToken(), at)
        || isListed(ListKind.LISTED_HOLDER, ListSubject.HOLDER, account.getHolderToken(), at);
  }

  /** True when the account or its holder stands on the list of traders of virtual currency. */
  public boolean isCryptoTrader(AccountRef account, long at) {
    return isListed(ListKind.CRYPTO_OTC, ListSubject.ACCOUNT, account.getAccountToken(), at)
        || isListed(ListKind.CRYPTO_OTC, ListSubject.HOLDER, account.getHolderToken(), at);
  }

  /**
   * True when so many strangers meet at this token that sequences on it mean nothing: pooled
   * accounts and hubs.
   */
  public boolean isHub(ListSubject subject, String token, long at) {
    return isListed(ListKind.POOLED, subject, token, at)
        || isListed(ListKind.HUB, subject, token, at);
  }
}
