package dev.zhifu.rules.lives.channel;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One message of the set as it travels: its code and its fields by the connectors' names. A group's
 * fields carry the group's name and a dot, as {@code transferOut.BankID}; lists are counted from 1,
 * as {@code transactions.1.time}.
 *
 * @param code six digits; any text, so that an unknown one can be refused
 * @param fields by name; blank ones are absent
 */
public record PlatformMessage(String code, Map<String, String> fields) {

  /** Field that every message carries; with the code the key of one message. */
  public static final String APPLICATION_ID = "applicationID";

  /** Takes a sorted copy without blank fields. */
  public PlatformMessage {
    Map<String, String> kept = new TreeMap<>();
    fields.forEach(
        (name, value) -> {
          if (value != null && !value.isBlank()) {
            kept.put(name, value);
          }
        });
    fields = Collections.unmodifiableMap(kept);
  }

  /** A field; empty when absent. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /** What makes two messages one: the application and the code. */
  public String key() {
    return field(APPLICATION_ID) + ":" + code;
  }
}
