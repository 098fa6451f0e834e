package dev.zhifu.workload;

import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the centre's lists say before the city lives. */
final class CityLists {
  private final World world;
  private final List<ListEntry> entries = new ArrayList<>();

  CityLists(World world) {
    this.world = world;
  }

  List<ListEntry> entries() {
    Population people = world.people;
    list(ListKind.POOLED, people.pooled, "client reserve of a payment institution");
    list(ListKind.POOLED, people.loanDesks, "a bank's own account for loans");
    list(ListKind.HUB, people.utilities, "water, power and heat for the whole city");
    list(ListKind.PROTECTED, people.hospitals, "hospital");
    List<Account> dealers = people.coinDealers.subList(0, (people.coinDealers.size() + 1) / 2);
    list(ListKind.CRYPTO_OTC, dealers, "known dealer in virtual currency");
    list(ListKind.LISTED_ACCOUNT, world.frauds.listedAccounts(), "case elsewhere");
    for (Peer peer : world.frauds.listedNumbers()) {
      String token = world.messages.numberToken(peer);
      entries.add(entry(ListKind.FRAUD_NUMBER, ListSubject.NUMBER, token, "case elsewhere"));
    }
    return entries;
  }

  private void list(ListKind kind, List<Account> accounts, String reason) {
    for (Account account : accounts) {
      entries.add(entry(kind, ListSubject.ACCOUNT, world.messages.token(account), reason));
    }
  }

  private ListEntry entry(ListKind kind, ListSubject subject, String token, String reason) {
    RunSettings run = world.settings.run();
    long from = world.settings.startMs() - run.historyDays() * CitySettings.DAY_MS;
    String id = kind + ":" + subject + ":" + token;
    return new ListEntry(
        id, kind, subject, token, Instant.ofEpochMilli(from), null, reason, "centre");
  }
}
