package dev.zhifu.stack.e2e;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person at the desk, by HTTP. */
final class Colleague {
  private static final long LOOK_NANOS = 250_000_000;
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final String url;
  private final String csrf;

  /** Logs in with the demo's password. */
  Colleague(String url, String person) {
    this.url = url;
    String home = post("/login", Map.of("person", person, "password", "demo"), "").body();
    Matcher matcher = CSRF.matcher(home);
    if (!matcher.find()) {
      throw new AssertionError(person + " could not log in: " + home);
    }
    this.csrf = matcher.group(1);
  }

  /** Looks at a page, four times a second at most: the desk refuses a person who asks faster. */
  String get(String path) {
    LockSupport.parkNanos(LOOK_NANOS);
    return send(HttpRequest.newBuilder(URI.create(url + path)).GET()).body();
  }

  HttpResponse<String> post(String path, Map<String, String> fields) {
    return post(path, fields, csrf);
  }

  private HttpResponse<String> post(String path, Map<String, String> fields, String word) {
    String body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", url)
            .header("X-CSRF", word)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** A form with two scans; answers with the page that follows. */
  HttpResponse<String> form(String path, Map<String, String> fields) {
    String border = "border" + UUID.randomUUID();
    StringBuilder body = new StringBuilder();
    fields.forEach(
        (name, value) ->
            body.append("--")
                .append(border)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    for (String scan : new String[] {"scan-form", "scan-id"}) {
      body.append("--")
          .append(border)
          .append("\r\nContent-Disposition: form-data; name=\"")
          .append(scan)
          .append("\"; filename=\"scan.png\"\r\nContent-Type: image/png\r\n\r\nscan\r\n");
    }
    body.append("--").append(border).append("--\r\n");
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "multipart/form-data; boundary=" + border)
            .header("Origin", url)
            .header("X-CSRF", csrf)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
