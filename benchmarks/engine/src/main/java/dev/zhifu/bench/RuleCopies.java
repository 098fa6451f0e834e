package dev.zhifu.bench;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.wire.KeyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As many rules as a configuration wants: the catalogue's, drafts too, then copies of them under
 * new ids with every amount a little higher each time, so that no two copies ask the same.
 */
final class RuleCopies {
  private static final Pattern ID = Pattern.compile("(?m)^id: ([VMTG])\\d+$");
  private static final Pattern YUAN = Pattern.compile("\\{default: (\\d{2,}), unit: yuan");
  private static final String FIRST = "T02";

  /**
   * Ten rules on holders that can be said in another engine's language too: sequences, absence and
   * single events, none with an optional step.
   */
  static final List<String> TEN_OF_HOLDERS =
      List.of("T01", "T02", "T03", "T04", "T05", "T07", "V02", "V10", "V11", "V13");

  private RuleCopies() {}

  /**
   * That many rules: T02 first, a sequence with partial matches, then the others by id, then
   * copies.
   *
   * @param catalogue folder of rules
   * @param count how many
   */
  static List<Rule> of(Path catalogue, int count) throws IOException {
    return copies(catalogue, count, rule -> true, List.of(FIRST));
  }

  /**
   * That many rules on holders: first {@link #TEN_OF_HOLDERS}, then the others by id, then copies.
   */
  static List<Rule> ofHolders(Path catalogue, int count) throws IOException {
    return copies(catalogue, count, rule -> rule.keyKind() == KeyKind.HOLDER, TEN_OF_HOLDERS);
  }

  private static List<Rule> copies(
      Path catalogue, int count, Predicate<Rule> wanted, List<String> first) throws IOException {
    List<Rule> originals =
        RuleSet.ofDirectory(catalogue).orThrow().rules().stream()
            .filter(wanted)
            .sorted(
                Comparator.comparing((Rule rule) -> place(first, rule.id()))
                    .thenComparing(Rule::id))
            .toList();
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Rule original = originals.get(i % originals.size());
      int copy = i / originals.size();
      rules.add(copy == 0 ? original : copy(original, copy, i));
    }
    return rules;
  }

  /** How many rules the catalogue has. */
  static int count(Path catalogue) throws IOException {
    return RuleSet.ofDirectory(catalogue).orThrow().rules().size();
  }

  private static int place(List<String> first, String id) {
    int place = first.indexOf(id);
    return place < 0 ? first.size() : place;
  }

  private static Rule copy(Rule original, int copy, int number) {
    String id = "%s%04d".formatted(original.family().name(), number);
    String text = ID.matcher(original.text()).replaceFirst("id: " + id);
    text =
        YUAN.matcher(text)
            .replaceAll(
                amount ->
                    Matcher.quoteReplacement(
                        "{default: " + raised(amount.group(1), copy) + ", unit: yuan"));
    return RuleParser.parse(id + "/rule.yaml", text).orThrow();
  }

  /** One hundredth higher with each copy. */
  private static long raised(String yuan, int copy) {
    long amount = Long.parseLong(yuan);
    return amount + Math.max(1, amount / 100) * copy;
  }
}
