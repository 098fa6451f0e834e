package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.Collection;

/** Orders that the record holds and the state does not: what an old savepoint meets. */
final class RecordStories {

  private RecordStories() {}

  /** A genuine order of the engine under the default authorisation. */
  static AddressedOrder signedEarlier(String account, int ordinal) {
    return signedEarlier(account, ordinal, p -> {});
  }

  static AddressedOrder signedEarlier(
      String account, int ordinal, java.util.function.Consumer<Fixture.Proposal> change) {
    Fixture.Proposal evidence = proposal().with(p -> p.account = account).with(change);
    StopPaymentRequest request =
        OrderMaker.request(EventIds.orderId(account, ordinal), ordinal, evidence.build());
    StopPaymentOrder order =
        OrderMaker.order(request, authorisation(), OrderSettings.defaults(Environment.DEMO));
    return new AddressedOrder(BANK, account, KEYS.sign(order));
  }

  static OrderRun draftBesideALiveOrder(Collection<SigningGuard> guards) {
    OrderRun run = OrderRun.unauthorised(guards).propose(proposal());
    run.take(record(signedEarlier(MULE, 2), 0));
    return run.authorise(authorisation()).tick(T0 + SECOND);
  }

  static OrderRun draftWithEndedStops(Collection<SigningGuard> guards) {
    OrderRun run = OrderRun.unauthorised(guards).propose(proposal());
    for (int ordinal = 2; ordinal <= 3; ordinal++) {
      AddressedOrder sent = signedEarlier(MULE, ordinal);
      run.take(record(sent, ordinal)).receipt(receipt(sent, ReceiptResult.STOPPED, T0));
      run.act(
          act(ActKind.RELEASE, "act-release-" + ordinal, run.last().getOrderId(), T0, "NOT_FILED"));
    }
    return run.authorise(authorisation()).tick(T0 + SECOND);
  }
}
