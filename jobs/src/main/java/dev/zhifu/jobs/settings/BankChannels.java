package dev.zhifu.jobs.settings;

import dev.zhifu.wire.OrderChannel;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * How orders reach each bank.
 *
 * @param direct banks that read their orders themselves, by agreement
 * @param platform banks whose orders the adapter of the statutory platform carries
 */
public record BankChannels(List<String> direct, List<String> platform) implements Serializable {

  /** Takes copies. */
  public BankChannels {
    direct = List.copyOf(direct);
    platform = List.copyOf(platform);
  }

  /** Banks that have a topic of orders and one of answers, sorted. */
  public List<String> withOrders() {
    return Stream.concat(direct.stream(), platform.stream()).distinct().sorted().toList();
  }

  /** The channel of a bank; PAPER for one that is named nowhere. */
  public OrderChannel of(String bank) {
    if (direct.contains(bank)) {
      return OrderChannel.DIRECT;
    }
    return platform.contains(bank) ? OrderChannel.PLATFORM : OrderChannel.PAPER;
  }
}
