package dev.zhifu.rules.money.network;

import dev.zhifu.rules.money.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts and transfers of one value, each written whole once and then by its number: trails that
 * reach an account share most of their accounts and transfers.
 */
final class SharedTexts {
  private SharedTexts() {}

  /** Writes. */
  static final class Out {
    private final Bytes.Out bytes;
    private final Map<String, Integer> known = new HashMap<>();
    private final Map<Leg, Integer> legs = new HashMap<>();
    private long newest;

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

    void leg(Leg leg) {
      Integer number = legs.putIfAbsent(leg, legs.size() + 1);
      bytes.unsigned(number == null ? 0 : number);
      if (number == null) {
        bytes.text(leg.id());
        bytes.number(leg.at() - newest);
        newest = leg.at();
      }
    }
  }

  /** Reads what {@link Out} wrote. */
  static final class In {
    private final Bytes.In bytes;
    private final List<String> known = new ArrayList<>();
    private final List<Leg> legs = new ArrayList<>();
    private long newest;

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
      return known(known, number);
    }

    /** The next transfer; else as {@link #text}. */
    Leg leg() {
      long number = bytes.unsigned();
      if (number == 0) {
        String id = bytes.text();
        newest += bytes.number();
        Leg leg = new Leg(id, newest);
        legs.add(leg);
        return leg;
      }
      return known(legs, number);
    }

    private static <T> T known(List<T> all, long number) {
      if (number < 0 || number > all.size()) {
        throw new IllegalStateException(
            "The shapes' value names entry "
                + number
                + " and holds "
                + all.size()
                + " so far; it is damaged");
      }
      return all.get((int) number - 1);
    }
  }
}
