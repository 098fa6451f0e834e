package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.Act;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Instant;
import java.util.List;

/**
 * An act that waits for its second person.
 *
 * @param act the act
 * @param order what it is about; null for an act about a life of recovery
 * @param paper the paper that it is about; null when it is about none
 * @param refund what it prepares of a refund; null when it prepares none
 * @param amountFen amount, fen; null when it is about none
 * @param documents documents that it names
 * @param until when it lapses, wall clock
 * @param secondsLeft until then
 */
public record AskedLine(
    Act act,
    StopPaymentRequest order,
    PaperDetail paper,
    RefundDetail refund,
    Long amountFen,
    List<String> documents,
    Instant until,
    long secondsLeft) {}
