package dev.zhifu.desk.gateway;

import dev.zhifu.rules.lives.channel.PlatformMessage;
import dev.zhifu.rules.lives.channel.TransportCode;
import java.util.List;
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

  /**
   * Case reports of banks (100401) that the platform holds for us.
   *
   * @param next cursor of the page after this one
   */
  record Page(List<PlatformMessage> messages, long next) {
    /** Takes a copy. */
    public Page {
      messages = List.copyOf(messages);
    }
  }

  /**
   * Reads them from a cursor on; a line that brings none has none.
   *
   * @param after 0 for the first page
   */
  default Page reports(long after) {
    return new Page(List.of(), after);
  }
}
