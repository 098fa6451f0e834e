package dev.zhifu.desk;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.zhifu.desk.people.DemoPeople;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * People who log in in a real Chromium. Pictures go to target/images; with {@code
 * -Dimages.write=true} those that README or docs show go to docs/images.
 */
final class Chromium implements AutoCloseable {
  private static final double PATIENCE = Duration.ofSeconds(60).toMillis();
  private static final Path ROOT = Path.of("../..");
  private static final Path IMAGES = Path.of("target/images");

  /** One for all tests of this JVM; people, with their cookies and caches, are each test's own. */
  private static Browser browser;

  private final List<String> faults = new ArrayList<>();
  private final Map<String, Page> pages = new HashMap<>();
  private final String url;

  Chromium(String url) {
    this.url = url;
    start();
  }

  private static synchronized void start() {
    if (browser != null) {
      return;
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setTimeout(PATIENCE)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  static Path executable() {
    for (String path :
        List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")) {
      if (Files.isExecutable(Path.of(path))) {
        return Path.of(path);
      }
    }
    throw new AssertionError(
        "no Chromium found; ./zhifu test installs it (Debian: apt-get install chromium)");
  }

  /** What scripts and policy complained about; a refusal that a test asks for is none. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Answers with this status are what a test wants; the browser's console names each. */
  void expects(int status) {
    faults.removeIf(fault -> fault.contains("status of " + status));
  }

  /** A person at a desk's screen, logged in once. */
  Page person(String id) {
    return page(id, 1360, 850);
  }

  /** A person with a phone. */
  Page phone(String id) {
    return page(id, 390, 844);
  }

  /** A person before a wall. */
  Page wide(String id) {
    return page(id + " at the wall", 1920, 1080);
  }

  private Page page(String key, int width, int height) {
    return pages.computeIfAbsent(key, unseen -> login(key.split(" ")[0], width, height));
  }

  private Page login(String id, int width, int height) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, height).setLocale("zh-CN"));
    context.setDefaultTimeout(PATIENCE);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("422")) {
            faults.add(message.text());
          }
        });
    page.onPageError(faults::add);
    page.navigate(url + "/login");
    page.fill("[name=person]", id);
    page.fill("[name=password]", DemoPeople.PASSWORD);
    page.click("button.main");
    page.waitForURL(address -> !address.endsWith("/login"));
    return page;
  }

  static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(image(name)));
  }

  static void picture(Locator part, String name) {
    part.screenshot(new Locator.ScreenshotOptions().setPath(image(name)));
  }

  /** All of a page, however long, for whoever looks at every page. */
  static void wholePage(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(IMAGES.resolve("pages").resolve(name + ".png")));
  }

  private static Path image(String name) {
    String file = name + ".png";
    return (Boolean.getBoolean("images.write") && isShown("images/" + file)
            ? ROOT.resolve("docs/images")
            : IMAGES)
        .resolve(file);
  }

  private static boolean isShown(String image) {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
          .filter(file -> file.toString().endsWith(".md"))
          .anyMatch(file -> read(file).contains(image));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    pages.values().forEach(page -> page.context().close());
  }
}
