package dev.zhifu.desk.view;

import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.rules.lives.directory.Contact;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.StopDetail;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimHoldDetail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom to phone about an act that no job has confirmed: every bank whose account it is about, or
 * the centre's duty room where it is about none. Each gets a paper of its own.
 */
public final class ByHand {
  private final Cases cases;
  private final ActDesk acts;
  private final BankDirectory banks;
  private final Place dutyRoom;

  /**
   * @param cases orders and lives that acts are about
   * @param acts what acts bring themselves, while no job has told of it
   * @param banks duty desks
   * @param contacts the dispatch directory; its first contact of the city is the duty room
   * @param authority the police body whose desk this is: the duty room's name where the directory
   *     has no contact of the city
   */
  public ByHand(
      Cases cases, ActDesk acts, BankDirectory banks, List<Contact> contacts, String authority) {
    this.cases = cases;
    this.acts = acts;
    this.banks = banks;
    this.dutyRoom =
        contacts.stream()
            .filter(contact -> contact.level() == Contact.Level.CITY)
            .findFirst()
            .map(contact -> new Place("", contact.name(), contact.phone(), ""))
            .orElse(new Place("", authority, "", ""));
  }

  /**
   * One who is phoned and gets a paper.
   *
   * @param bank institution code; empty for the duty room
   * @param name as shown
   * @param phone of the duty desk; empty when none is listed
   * @param account token of the account that it is about; empty for the duty room
   */
  public record Place(String bank, String name, String phone, String account) {}

  /** The centre's duty room. */
  public Place dutyRoom() {
    return dutyRoom;
  }

  /** Whom to phone at a bank, about no account of its. */
  Place bank(String code) {
    return place(code, "");
  }

  /** Whom to phone about an order; one. */
  List<Place> of(StopPaymentRequest order) {
    Map<String, String> concerned = new LinkedHashMap<>();
    put(concerned, account(order.getTarget()));
    return places(concerned);
  }

  /** Whom to phone about a life with these data; one at least. */
  List<Place> ofDetail(Object detail) {
    Map<String, String> concerned = new LinkedHashMap<>();
    put(concerned, detail);
    return places(concerned);
  }

  /** Whom to phone, in the order of the papers; one at least. */
  public List<Place> of(Act act) {
    Map<String, String> concerned = new LinkedHashMap<>();
    if (act.aboutLife()) {
      ofLife(act, concerned);
    } else if (act.kind() == ActKind.ACCEPT_REPORT) {
      acts.reportOf(act.actId())
          .ifPresent(
              report ->
                  report.getTransfers().forEach(paid -> put(concerned, account(paid.getPayee()))));
    } else if (act.kind() != ActKind.REJECT_REQUEST) {
      // A request that is turned down asks nothing of a bank.
      ofOrder(act.objectId(), concerned);
    }
    return places(concerned);
  }

  private List<Place> places(Map<String, String> concerned) {
    return concerned.isEmpty()
        ? List.of(dutyRoom)
        : concerned.entrySet().stream().map(one -> place(one.getValue(), one.getKey())).toList();
  }

  /** What the act is about: as its press brings it, else as recovery has told of it. */
  public Optional<Object> about(Act act) {
    return acts.lives()
        .brought(act)
        .or(() -> cases.life(act.objectId()).map(LifeTransition::getDetail));
  }

  private void ofLife(Act act, Map<String, String> concerned) {
    if (act.life() == LifeKind.CASE) {
      return;
    }
    put(concerned, about(act).orElse(null));
  }

  private void put(Map<String, String> concerned, Object detail) {
    if (detail instanceof FreezeDetail freeze) {
      put(concerned, account(freeze.getTarget()));
    } else if (detail instanceof VictimHoldDetail hold) {
      put(concerned, account(hold.getTarget()));
    } else if (detail instanceof AppealDetail appeal) {
      put(concerned, new Account(appeal.getBank(), appeal.getAccountToken()));
    } else if (detail instanceof PaperDetail paper) {
      put(concerned, new Account(paper.getBank(), paper.getTarget().getAccountToken()));
    } else if (detail instanceof RefundDetail refund) {
      cases.life(refund.getFreezeId()).ifPresent(freeze -> put(concerned, freeze.getDetail()));
    } else if (detail instanceof StopDetail stop) {
      put(concerned, new Account(stop.getBank(), stop.getAccountToken()));
    }
  }

  private void ofOrder(String orderId, Map<String, String> concerned) {
    cases.order(orderId).ifPresent(order -> put(concerned, account(order.getTarget())));
  }

  private record Account(String bank, String token) {}

  private static Account account(AccountRef target) {
    return new Account(target.getBank(), target.getAccountToken());
  }

  private static void put(Map<String, String> concerned, Account account) {
    concerned.putIfAbsent(account.token, account.bank);
  }

  private Place place(String bank, String account) {
    BankDirectory.Bank known = banks.of(bank);
    return new Place(bank, known.name(), known.dutyPhone(), account);
  }
}
