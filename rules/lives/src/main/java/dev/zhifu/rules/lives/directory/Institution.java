package dev.zhifu.rules.lives.directory;

import dev.zhifu.wire.OrderChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * One institution.
 *
 * @param code its code
 * @param name its name
 * @param headOffice who gets a stop: the head office
 * @param cardPrefixes first digits of its cards
 * @param channel how orders reach it
 * @param agreement id of the recorded agreement; empty unless the channel is DIRECT
 * @param key id of its encryption key; empty when it has none
 * @param phone duty desk; empty when there is none
 * @param hours when the desk answers; null when there is none
 * @param standby phone outside those hours; empty when there is none
 */
public record Institution(
    String code,
    String name,
    String headOffice,
    List<String> cardPrefixes,
    OrderChannel channel,
    String agreement,
    String key,
    String phone,
    DutyHours hours,
    String standby) {

  /** The phone that answers at {@code at}; empty when none does. */
  public String phoneAt(Instant at) {
    return !phone.isEmpty() && hours != null && hours.covers(at) ? phone : standby;
  }

  /**
   * From when on nobody answers.
   *
   * @param from the hours to come begin here
   * @param within and last so long
   * @return empty when somebody answers all the while
   */
  public Optional<Instant> silentFrom(Instant from, Duration within) {
    if (!standby.isEmpty()) {
      return Optional.empty();
    }
    if (phone.isEmpty() || hours == null) {
      return Optional.of(from);
    }
    Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
    for (Instant at = minute; at.isBefore(from.plus(within)); at = at.plusSeconds(60)) {
      if (!hours.covers(at)) {
        return Optional.of(at.isBefore(from) ? from : at);
      }
    }
    return Optional.empty();
  }

  /** Why nobody may be reached at some time of the day; empty when somebody always is. */
  public String gap() {
    if (phone.isEmpty() || hours == null) {
      return "institution " + code + " has no duty desk with hours; enter one before it is needed";
    }
    if (!hours.always() && standby.isEmpty()) {
      return "institution "
          + code
          + " answers only part of the day and names no standby; enter one before it is needed";
    }
    return "";
  }
}
