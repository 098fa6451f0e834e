package dev.zhifu.desk.rules;

import dev.zhifu.wire.PublicationStatus;

/**
 * A publication that may be asked for, or why it may not.
 *
 * @param hindrance key of the sentence that says why not; null when it is offered
 */
public record RuleOffer(PublicationStatus status, int version, String hindrance) {
  /** True when it may be asked for. */
  public boolean isOpen() {
    return hindrance == null;
  }

  /** True when an approver asks for it, and no author. */
  public boolean byApprover() {
    return status == PublicationStatus.WITHDRAWN;
  }
}
