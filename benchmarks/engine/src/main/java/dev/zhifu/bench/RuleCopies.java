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

  private RuleCopies() {}

  /**
   * That many rules: T02 first, a sequence with partial matches, then the others by id, then
   * copies.
   *
   * @param catalogue folder of rules
   * @param count how many
   * @param keys kinds of key to take; empty takes all
   */
  static List<Rule> of(Path catalogue, int count, List<KeyKind> keys) throws IOException {
    List<Rule> originals =
        RuleSet.ofDirectory(catalogue).orThrow().rules().stream()
            .filter(rule -> keys.isEmpty() || keys.contains(rule.keyKind()))
            .sorted(
                Comparator.comparing((Rule rule) -> !rule.id().equals(FIRST))
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
