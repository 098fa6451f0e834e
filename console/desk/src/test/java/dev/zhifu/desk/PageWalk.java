package dev.zhifu.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/**
 * Looks at a page in both languages: nothing beyond the edge, the menu on one line, no name of an
 * enum and no time of a machine among the words. Leaves a picture of all of it.
 */
final class PageWalk {
  /** Height of one line of the head of a page, pixels, with room. */
  private static final int ONE_LINE = 56;

  /** Below it the head may wrap: a phone. */
  private static final int DESK_WIDTH = 1_000;

  private PageWalk() {}

  /** The page at {@code address}, which leaves pictures NAME-zh and NAME-en. */
  static void look(Page page, String address, String name) {
    look(page, Map.of(address, name));
  }

  /**
   * Pages by their addresses with the names of their pictures, all in English and then all in
   * Chinese.
   */
  static void look(Page page, Map<String, String> names) {
    for (String language : List.of("en", "zh")) {
      names.forEach(
          (address, name) -> {
            assertThat(page.navigate(address).status()).as(address).isEqualTo(200);
            if (!page.locator("html").getAttribute("lang").startsWith(language)) {
              page.click("button[name=language]");
              assertThat(page.navigate(address).status()).as(address).isEqualTo(200);
            }
            assertThat(page.locator("html").getAttribute("lang")).as(address).startsWith(language);
            look(page, name + "-" + language);
          });
    }
  }

  /** The page as it is shown. */
  static void look(Page page, String name) {
    page.waitForSelector("body[data-ready=true]");
    if (page.locator("[data-chart]").count() > 0) {
      page.waitForSelector("body[data-charts=true]");
    }
    Chromium.wholePage(page, name);
    int width = page.viewportSize().width;
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .as("%s runs over its edge", name)
        .isLessThanOrEqualTo(width);
    if (width >= DESK_WIDTH) {
      assertThat((Integer) page.evaluate("document.querySelector('.top').offsetHeight"))
          .as("%s: the menu takes more than a line", name)
          .isLessThanOrEqualTo(ONE_LINE);
    }
    String words =
        (String)
            page.evaluate(
                """
                () => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), all = [];
                  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest('pre, textarea, script')) all.push(walk.currentNode.data);
                  return all.join(' '); }\
                """);
    assertThat(words)
        .as(name)
        .doesNotContainPattern("\\b[A-Z]{2,}(_[A-Z]{2,})+\\b")
        .doesNotContainPattern("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}")
        .doesNotContainPattern("\\bnull\\b");
  }
}
