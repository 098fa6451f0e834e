package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.flow.WrongStop;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.StopPaymentRequest;

/** Where one turn puts what it emits, in order. */
interface OrderOutput {

  void request(StopPaymentRequest request);

  void order(AddressedOrder order);

  void notice(RestrictionNotice notice);

  void alarm(OrderAlarm alarm);

  void wrong(WrongStop wrong);
}
