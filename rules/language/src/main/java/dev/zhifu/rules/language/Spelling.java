package dev.zhifu.rules.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Guesses what a misspelt word meant. */
public final class Spelling {
  private Spelling() {}

  /**
   * A sentence that helps to find the right word: the nearest one, else all of them.
   *
   * @param word as written
   * @param known the words that would be right
   */
  public static String hint(String word, Collection<String> known) {
    String nearest = nearest(word, known);
    if (nearest != null) {
      return "did you mean '" + nearest + "'?";
    }
    return known.isEmpty()
        ? "nothing may stand here"
        : "use one of: " + String.join(", ", sorted(known));
  }

  private static List<String> sorted(Collection<String> known) {
    List<String> words = new ArrayList<>(known);
    words.sort(String::compareTo);
    return words;
  }

  private static String nearest(String word, Collection<String> known) {
    String best = null;
    int bestDistance = Math.max(2, word.length() / 3) + 1;
    for (String candidate : sorted(known)) {
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance && distance < candidate.length()) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
