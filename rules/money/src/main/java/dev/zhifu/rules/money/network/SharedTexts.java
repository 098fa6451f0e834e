package dev.zhifu.rules.money.network;

import dev.zhifu.rules.money.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of one value, each written whole once and then by its number: trails that reach an account
 * share most of their accounts and transfers.
 */
final class SharedTexts {
  private SharedTexts() {}

  /** Writes. */
  static final class Out {
    private final Bytes.Out bytes;
    private final Map<String, Integer> known = new HashMap<>();

    Out(Bytes.Out bytes) {
      this.bytes = bytes;
    }

    Bytes.Out bytes() {
      return bytes;
    }

    void text(String text) {
      Integer number = known.putIfAbsent(text, known.size() + 1);
      bytes.unsigned(number == null ? 0 : number);
      if (number == null) {
        bytes.text(text);
      }
    }
  }

  /** Reads what {@link Out} wrote. */
  static final class In {
    private final Bytes.In bytes;
    private final List<String> known = new ArrayList<>();

    In(Bytes.In bytes) {
      this.bytes = bytes;
    }

    Bytes.In bytes() {
      return bytes;
    }

    /**
     * The next text.
     *
     * @throws IllegalStateException when the value is damaged
     */
    String text() {
      long number = bytes.unsigned();
      if (number == 0) {
        String text = bytes.text();
        known.add(text);
        return text;
      }
      if (number > known.size()) {
        throw new IllegalStateException(
            "The shapes' value names text "
                + number
                + " and holds "
                + known.size()
                + " so far; it is damaged");
      }
      return known.get((int) number - 1);
    }
  }
}
