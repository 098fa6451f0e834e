package dev.zhifu.rules.features;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.Features;

/** Features of the device of an access: how many people's bank apps it opened. */
final class DeviceFeatures {
  static final long LOGINS = 24 * Windows.HOUR;

  private final Limits limits;

  DeviceFeatures(Limits limits) {
    this.limits = limits;
  }

  /** Moves the state by a login that succeeded, then fills; nothing where no device is named. */
  boolean enrich(PayeeState state, BankAccessEvent access, Features features) {
    if (access.getDeviceToken() == null) {
      return false;
    }
    long at = access.getOccurredAt().toEpochMilli();
    boolean login = access.getKind() == AccessKind.LOGIN && access.getSucceeded();
    if (login) {
      state.newest = Math.max(state.newest, at);
      state.holders.dropUntil(state.newest - LOGINS - Windows.SLACK);
      remember(state.holders, at, Hash64.of(StepKeys.holderOf(access.getAccount())));
    }
    TimedRows holders = state.holders;
    features.setDeviceHolders24h((long) holders.firstAfter(at) - holders.firstAfter(at - LOGINS));
    return login;
  }

  /** One row a holder, at his newest login. */
  private void remember(TimedRows holders, long at, long holder) {
    int row = holders.lastWith(PayeeState.HOLDER, holder);
    if (row >= 0 && holders.time(row) >= at) {
      return;
    }
    if (row >= 0) {
      holders.remove(row);
    }
    if (!holders.add(at, holder)) {
      limits.passed(PayeeState.LIMIT_HOLDERS);
    }
  }
}
