package dev.zhifu.desk.gateway;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.MemoryTopics;
import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.acts.Signers;
import dev.zhifu.desk.identities.Identities;
import dev.zhifu.desk.identities.NameIndex;
import dev.zhifu.desk.intake.Scans;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.view.BankDirectory;
import dev.zhifu.desk.view.BankPages;
import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.schemas.crypto.DemoKeys;
import java.security.SecureRandom;
import java.util.List;

/** A centre over topics in memory, whose clock stands at the cast's own time. */
final class Centres {
  private Centres() {}

  static Centre of(Store store, MemoryTopics topics) {
    WallClock clock = WallClock.machine();
    Audit audit = new Audit(store, clock);
    ActDesk acts = new ActDesk(store, topics::write, Signers.demo(), audit, clock);
    return new Centre(
        new Tokens(Cast.TOKEN_KEY),
        new AccountSealer(DemoKeys.directory(), new SecureRandom(), 1_000),
        BankDirectory.demo(),
        new Identities(
            null, new NameIndex(store, new Tokens(Cast.TOKEN_KEY)), audit, clock, List::of),
        topics::write,
        topics::write,
        () -> Cast.T0,
        new Appeals(store, acts, audit),
        new BankPages(store, BankDirectory.demo()),
        new Scans(store, null, audit, clock, Scans.KEPT));
  }
}
