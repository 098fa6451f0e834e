package dev.zhifu.desk.projection;

import dev.zhifu.desk.acts.PaperWork;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeTransition;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Numbers that stand on documents of institutions and not on the centre's own records. */
public final class DocumentNumbers {
  private DocumentNumbers() {}

  /**
   * Numbers that a step names, plain: of a freeze's document, of an institution's answer, of a
   * receipt of service. What else stands among its documents may be about a person.
   */
  static Set<String> of(LifeTransition step) {
    Set<String> numbers = new LinkedHashSet<>();
    if (step.getDetail() instanceof FreezeDetail freeze) {
      numbers.add(plain(freeze.getDocumentNumber()));
    }
    for (String prefix : List.of(PaperWork.ANSWER, PaperWork.RECEIPT)) {
      numbers.add(plain(PaperWork.said(step.getDocuments(), prefix)));
    }
    numbers.remove("");
    return numbers;
  }

  /**
   * Letters and digits alone, small and narrow: brackets, spaces and dashes are typed in many ways.
   *
   * @return empty for what has neither letter nor digit
   */
  public static String plain(String written) {
    return Normalizer.normalize(written, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
