package dev.zhifu.rules.features;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ListSubject;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.TelecomEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides under which keys matching sees an event: those on which a rule in force at the event's
 * own time can use it, each at most once for a side. An event that no rule can use ends here.
 * Pooled accounts and hubs are left out.
 *
 * <p>Keys and sides: the holder (his account stands for him when the bank gives none) and the
 * account, as DEBIT where the money leaves and CREDIT where it arrives; the pair payer|payee as
 * DEBIT; the merchant as CREDIT; device and cash machine as SUBJECT; of a telecom signal its own
 * number as SUBJECT and the other as PEER; the accessed account and its holder as SUBJECT.
 */
public final class Router {
  private final RuleTimeline rules;
  private final Listings listings;
  private long leftOut;

  /** One key that sees the event. */
  public record Route(KeyKind kind, String id, Side side) {}

  /** A router over rules and lists that may change under it. */
  public Router(RuleTimeline rules, Listings listings) {
    this.rules = rules;
    this.listings = listings;
  }

  /**
   * Keys left out so far because they are pooled accounts or hubs, though a rule could have used
   * the event.
   */
  public long leftOut() {
    return leftOut;
  }

  /**
   * Fills the features that come from lists, then names the keys, in an order that depends on the
   * event alone.
   */
  public List<Route> route(EnrichedEvent event) {
    if (event.getEvent() instanceof BankTransaction transaction) {
      fillLists(event, transaction, event.getOccurredAt().toEpochMilli());
    }
    return keys(event);
  }

  /** Names the keys of an event whose features from lists were filled before, in the same order. */
  public List<Route> keys(EnrichedEvent event) {
    Routes routes = new Routes(event);
    Object body = event.getEvent();
    if (body instanceof BankTransaction transaction) {
      routes.ofTransaction(transaction);
    } else if (body instanceof TelecomEvent telecom) {
      routes.ofTelecom(telecom);
    } else {
      routes.ofAccess((BankAccessEvent) body);
    }
    return routes.found;
  }

  private void fillLists(EnrichedEvent event, BankTransaction transaction, long at) {
    AccountRef payer = transaction.getPayer();
    AccountRef payee = transaction.getPayee();
    event.getFeatures().setPayerListed(payer == null ? null : listings.isInvolved(payer, at));
    event.getFeatures().setPayeeListed(payee == null ? null : listings.isInvolved(payee, at));
    event
        .getFeatures()
        .setPayeeCryptoTrader(payee == null ? null : listings.isCryptoTrader(payee, at));
  }

  /** The keys of one event. */
  private final class Routes {
    private final List<Route> found = new ArrayList<>(4);
    private final RuleIndex index;
    private final EnrichedEvent event;
    private final long at;

    Routes(EnrichedEvent event) {
      this.event = event;
      this.at = event.getOccurredAt().toEpochMilli();
      this.index = rules.at(at);
    }

    void ofTransaction(BankTransaction transaction) {
      AccountRef payer = transaction.getPayer();
      AccountRef payee = transaction.getPayee();
      ofAccount(payer, Side.DEBIT);
      ofAccount(payee, Side.CREDIT);
      if (payer != null && payee != null) {
        String pair = payer.getAccountToken() + '|' + payee.getAccountToken();
        add(KeyKind.PAIR, pair, Side.DEBIT, isHub(payer) || isHub(payee));
      }
      add(KeyKind.MERCHANT, ListSubject.MERCHANT, transaction.getMerchantId(), Side.CREDIT);
      add(KeyKind.DEVICE, transaction.getDeviceToken(), Side.SUBJECT, false);
      add(KeyKind.ATM, transaction.getAtmId(), Side.SUBJECT, false);
    }

    void ofAccess(BankAccessEvent access) {
      ofAccount(access.getAccount(), Side.SUBJECT);
      add(KeyKind.DEVICE, access.getDeviceToken(), Side.SUBJECT, false);
    }

    void ofTelecom(TelecomEvent telecom) {
      add(KeyKind.HOLDER, ListSubject.HOLDER, telecom.getHolderToken(), Side.SUBJECT);
      add(KeyKind.NUMBER, ListSubject.NUMBER, telecom.getNumberToken(), Side.SUBJECT);
      if (!telecom.getNumberToken().equals(telecom.getPeerToken())) {
        add(KeyKind.NUMBER, ListSubject.NUMBER, telecom.getPeerToken(), Side.PEER);
      }
    }

    private void ofAccount(AccountRef account, Side side) {
      if (account != null) {
        boolean hub = isHub(account);
        add(KeyKind.HOLDER, StepKeys.holderOf(account), side, hub);
        add(KeyKind.ACCOUNT, account.getAccountToken(), side, hub);
      }
    }

    /**
     * A pooled account takes its holder along: behind it stands a payment institution, not a
     * person.
     */
    private boolean isHub(AccountRef account) {
      return account.getKind() == AccountKind.POOLED
          || listings.isHub(ListSubject.ACCOUNT, account.getAccountToken(), at)
          || listings.isHub(ListSubject.HOLDER, account.getHolderToken(), at);
    }

    private void add(KeyKind kind, ListSubject subject, String id, Side side) {
      add(kind, id, side, listings.isHub(subject, id, at));
    }

    private void add(KeyKind kind, String id, Side side, boolean hub) {
      if (id == null || index.hasNone(kind) || !index.canUse(kind, new EventView(event, side))) {
        return;
      }
      if (hub) {
        leftOut++;
        return;
      }
      found.add(new Route(kind, id, side));
    }
  }
}
