package dev.zhifu.rules.lives.directory;

import dev.zhifu.wire.OrderChannel;
import java.time.Instant;
import java.util.List;

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
