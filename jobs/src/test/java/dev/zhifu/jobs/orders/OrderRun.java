package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.flow.WrongStop;
import dev.zhifu.jobs.orders.OrderKeeper.Kept;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stop-orders without Flink: feeds inputs, keeps the state between them, rings accounts as their
 * time comes.
 */
final class OrderRun implements OrderOutput {

  final List<StopPaymentRequest> requests = new ArrayList<>();
  final List<AddressedOrder> orders = new ArrayList<>();
  final List<RestrictionNotice> notices = new ArrayList<>();
  final List<OrderAlarm> alarms = new ArrayList<>();
  final List<WrongStop> wrongs = new ArrayList<>();

  private final OrderSettings settings;
  private final Collection<SigningGuard> guards;
  private final OrderKeys keys;
  private final Map<String, AccountOrders> accounts = new HashMap<>();
  private final Map<String, Long> due = new HashMap<>();
  private OrderKeeper keeper;

  OrderRun(OrderSettings settings, OrderKeys keys, Collection<SigningGuard> guards) {
    this.settings = settings;
    this.guards = guards;
    this.keys = keys;
    keeper = keeper(ControlState.none());
  }

  private OrderKeeper keeper(ControlState state) {
    return new OrderKeeper(new OrderControls(settings, state), keys, List.copyOf(guards));
  }

  /** Authorised, read back, clock at T0. */
  static OrderRun ready() {
    return ready(SigningGuard.all());
  }

  static OrderRun ready(Collection<SigningGuard> guards) {
    OrderRun run = unauthorised(guards);
    run.authorise(Fixture.authorisation());
    return run;
  }

  /** Without a standing authorisation: what officers see when it is off. */
  static OrderRun unauthorised() {
    return unauthorised(SigningGuard.all());
  }

  static OrderRun unauthorised(Collection<SigningGuard> guards) {
    OrderRun run = new OrderRun(OrderSettings.defaults(Environment.DEMO), Fixture.KEYS, guards);
    run.readBack().tick(Fixture.T0);
    return run;
  }

  OrderRun readBack() {
    return control(OrderControl.readBackDone(Map.of()));
  }

  OrderRun authorise(StandingAuthorisation given) {
    return control(OrderControl.authorisation(given, "", 0));
  }

  OrderRun control(OrderControl control) {
    keeper.control(control, this);
    return this;
  }

  /** Moves the clock and rings every account whose time has come, in the order of their times. */
  OrderRun tick(long atMs) {
    control(OrderControl.tick(Fixture.tick(atMs), "", 0));
    for (String account : due.keySet().stream().sorted(Comparator.comparing(due::get)).toList()) {
      if (due.get(account) <= atMs) {
        due.remove(account);
        keep(account, keeper.ring(account, accounts.get(account), this));
      }
    }
    return this;
  }

  OrderRun propose(Fixture.Proposal proposal) {
    return take(OrderInput.proposal(proposal.build()));
  }

  OrderRun act(OfficerAct act) {
    return take(OrderInput.act(act));
  }

  OrderRun receipt(StopPaymentReceipt receipt) {
    return take(OrderInput.receipt(receipt));
  }

  OrderRun answer(ReceiptResult result, long atMs) {
    return receipt(Fixture.receipt(orders.get(orders.size() - 1), result, atMs));
  }

  OrderRun take(OrderInput input) {
    String account = input.accountToken();
    keep(account, keeper.take(accounts.getOrDefault(account, AccountOrders.none()), input, this));
    return this;
  }

  private void keep(String account, Kept kept) {
    accounts.put(account, kept.state());
    if (kept.nextMs() > 0) {
      due.put(account, kept.nextMs());
    }
  }

  /** A new run from this one's state, as after a restore; nothing is read back yet. */
  OrderRun restored() {
    OrderRun next = new OrderRun(settings, keys, guards);
    next.accounts.putAll(accounts);
    next.due.putAll(due);
    next.keeper = next.keeper(keeper.controls().state());
    return next;
  }

  /** When the clock next looks at an account, UTC milliseconds; 0: not at all. */
  long due(String account) {
    return due.getOrDefault(account, 0L);
  }

  StopPaymentRequest last() {
    return requests.get(requests.size() - 1);
  }

  OrderState state() {
    return last().getState();
  }

  List<OrderState> states() {
    return requests.stream().map(StopPaymentRequest::getState).toList();
  }

  List<OrderAlarm.Kind> alarmKinds() {
    return alarms.stream().map(OrderAlarm::kind).toList();
  }

  AccountOrders account(String token) {
    return accounts.get(token);
  }

  @Override
  public void request(StopPaymentRequest request) {
    requests.add(request);
  }

  @Override
  public void order(AddressedOrder order) {
    orders.add(order);
  }

  @Override
  public void notice(RestrictionNotice notice) {
    notices.add(notice);
  }

  @Override
  public void alarm(OrderAlarm alarm) {
    alarms.add(alarm);
  }

  @Override
  public void wrong(WrongStop wrong) {
    wrongs.add(wrong);
  }
}
