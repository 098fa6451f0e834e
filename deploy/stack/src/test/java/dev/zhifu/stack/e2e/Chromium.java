package dev.zhifu.stack.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real Chromium in which the story's people work; what each presses and types is counted.
 * Pictures go to docs/images when {@code -Dimages.write=true}, else to target/images.
 */
final class Chromium implements AutoCloseable {
  private static final double PATIENCE = Duration.ofSeconds(60).toMillis();
  private static final Path IMAGES =
      Path.of(Boolean.getBoolean("images.write") ? "../../docs/images" : "target/images");

  private final List<String> faults = new ArrayList<>();
  private final List<Hand> hands = new ArrayList<>();
  private final String url;
  private final Playwright playwright;
  private final Browser browser;

  Chromium(String url) {
    this.url = url;
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setTimeout(PATIENCE)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  private static Path executable() {
    for (String path :
        List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")) {
      if (Files.isExecutable(Path.of(path))) {
        return Path.of(path);
      }
    }
    throw new AssertionError(
        "no Chromium found; ./zhifu test installs it (Debian: apt-get install chromium)");
  }

  /** What scripts and the page policy complained about. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** A person at a desk's screen, logged in. */
  Hand person(String id) {
    return login(id, 1360, 900);
  }

  /** A person with a phone, logged in. */
  Hand phone(String id) {
    return login(id, 390, 844);
  }

  private Hand login(String id, int width, int height) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, height).setLocale("zh-CN"));
    context.setDefaultTimeout(PATIENCE);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            faults.add(message.text() + " " + message.location());
          }
        });
    page.onPageError(faults::add);
    page.navigate(url + "/login");
    page.fill("[name=person]", id);
    page.fill("[name=password]", "demo");
    page.click("button.main");
    page.waitForURL(address -> !address.endsWith("/login"));
    Hand hand = new Hand(page);
    hands.add(hand);
    hand.ready();
    return hand;
  }

  /** Presses of a mouse of everybody. */
  int clicks() {
    return hands.stream().mapToInt(hand -> hand.clicks).sum();
  }

  /** Presses of a key of everybody. */
  int keys() {
    return hands.stream().mapToInt(hand -> hand.keys).sum();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /** One person's hand on mouse and keyboard. */
  final class Hand {
    private final Page page;
    private int clicks;
    private int keys;

    private Hand(Page page) {
      this.page = page;
    }

    Page page() {
      return page;
    }

    Locator at(String selector) {
      return page.locator(selector);
    }

    void open(String path) {
      page.navigate(url + path);
      ready();
    }

    /** Waits until the page's scripts are there; before, its buttons are dead. */
    void ready() {
      page.waitForSelector("body[data-ready=true]");
    }

    /** Attaches a scan: one click for the dialog, one for the file. */
    void attach(String selector, FilePayload file) {
      clicks += 2;
      page.setInputFiles(selector, file);
    }

    void click(String selector) {
      clicks++;
      page.locator(selector).first().click();
    }

    /** Chooses from a list: one click to open it and one to take the line. */
    void choose(String selector, String value) {
      clicks += 2;
      page.locator(selector).first().selectOption(value);
    }

    void type(String text) {
      keys += text.length();
      page.keyboard().type(text);
    }

    void typeInto(String selector, String text) {
      click(selector);
      type(text);
    }

    void press(String key) {
      keys++;
      page.keyboard().press(key);
    }

    void picture(String name) {
      page.screenshot(new Page.ScreenshotOptions().setPath(IMAGES.resolve(name + ".png")));
    }

    /** What stood on the page when something was missed, for whoever mends it. */
    void left(String name) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of("target/images", name + ".png")));
    }

    void pictureOf(String selector, String name) {
      page.locator(selector)
          .first()
          .screenshot(new Locator.ScreenshotOptions().setPath(IMAGES.resolve(name + ".png")));
    }
  }
}
