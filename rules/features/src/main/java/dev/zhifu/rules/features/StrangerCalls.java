package dev.zhifu.rules.features;

import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;

/**
 * How long and how often one stranger kept a person on the line, and whether others could still
 * reach him: what fake police do. A stranger is a peer whose first contact lies within the last 24
 * hours and whose number is no local mobile's.
 */
final class StrangerCalls {
  private StrangerCalls() {}

  static void fill(HolderState state, Features features, long at) {
    TimedRows calls = state.calls;
    int from = calls.firstAfter(at - Windows.DAY);
    int end = calls.firstAfter(at);
    long longest = 0;
    long most = 0;
    for (int row = from; row < end; row++) {
      if (isFirstContact(calls, row)) {
        long peer = calls.value(row, HolderState.PEER);
        longest = Math.max(longest, longest(calls, row, end, peer, at));
        most = Math.max(most, count(calls, row, end, peer));
      }
    }
    features.setStrangerTalkSeconds24h(longest);
    features.setStrangerCalls24h(most);
    features.setSilencedCalls24h(
        (long) state.silenced.firstAfter(at) - state.silenced.firstAfter(at - Windows.DAY));
  }

  private static boolean isFirstContact(TimedRows calls, int row) {
    return calls.value(row, HolderState.FIRST_CONTACT) == 1
        && calls.value(row, HolderState.PREFIX) != PrefixClass.LOCAL_MOBILE.ordinal();
  }

  private static long longest(TimedRows calls, int from, int end, long peer, long at) {
    long longest = 0;
    for (int row = from; row < end; row++) {
      if (calls.value(row, HolderState.PEER) == peer) {
        longest = Math.max(longest, seconds(calls, row, at));
      }
    }
    return longest;
  }

  /** Length up to {@code at}; a call whose end was lost counts no further than calls may last. */
  private static long seconds(TimedRows calls, int row, long at) {
    long over = Math.min(at, calls.time(row) + HolderFeatures.LONGEST);
    long end = Math.min(over, calls.value(row, HolderState.END));
    return (end - calls.time(row)) / Windows.SECOND;
  }

  private static long count(TimedRows calls, int from, int end, long peer) {
    long count = 0;
    for (int row = from; row < end; row++) {
      count += calls.value(row, HolderState.PEER) == peer ? 1 : 0;
    }
    return count;
  }
}
