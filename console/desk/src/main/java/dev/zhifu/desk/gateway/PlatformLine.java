package dev.zhifu.desk.gateway;

import dev.zhifu.rules.lives.channel.PlatformMessage;
import dev.zhifu.rules.lives.channel.TransportCode;
import java.util.Map;

/** The line to the statutory platform. */
@FunctionalInterface
public interface PlatformLine {

  /**
   * What came of one sending.
   *
   * @param code of the transport
   * @param words what the platform says to it
   * @param feedback fields of the bank's answer; empty while there is none
   */
  record Reply(TransportCode code, String words, Map<String, String> feedback) {
    /** Takes a copy. */
    public Reply {
      feedback = Map.copyOf(feedback);
    }
  }

  /**
   * Sends a message; sent again it is the same message under the same id.
   *
   * @return also when nobody answers: 200002, 600004 or 600005 then
   */
  Reply send(PlatformMessage message);
}
