package dev.zhifu.desk;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person with a browser's cookies and nothing else. */
public final class HttpPerson {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final List<String> addresses = new CopyOnWriteArrayList<>();
  private String csrf = "";

  public HttpPerson(String url) {
    this.url = url;
  }

  /** Logs in; the session's word is taken from the first page that shows one. */
  public HttpPerson login(String person, String password) {
    HttpResponse<String> answer = post("/login", Map.of("person", person, "password", password));
    if (answer.statusCode() == 302) {
      String home = answer.headers().firstValue("Location").orElse("/");
      HttpResponse<String> page = get(home);
      while (page.statusCode() == 302) {
        page = get(page.headers().firstValue("Location").orElseThrow());
      }
      Matcher matcher = CSRF.matcher(page.body());
      csrf = matcher.find() ? matcher.group(1) : "";
    }
    return this;
  }

  public HttpPerson forgetTheWord() {
    csrf = "wrong";
    return this;
  }

  public HttpResponse<String> get(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path)).GET());
  }

  /** The status with which an answer begins that may never end. */
  public int begins(String path) {
    try {
      HttpResponse<java.io.InputStream> answer = begun(path);
      answer.body().close();
      return answer.statusCode();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What comes on an answer that never ends, until it is closed. */
  public java.io.InputStream opens(String path) {
    return begun(path).body();
  }

  private HttpResponse<java.io.InputStream> begun(String path) {
    try {
      // Whoever does not ask for a stream of events gets an empty answer, as of any other page.
      return client.send(
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Accept", "text/event-stream")
              .GET()
              .build(),
          HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public HttpResponse<String> post(String path, Map<String, String> fields) {
    return post(path, fields, url);
  }

  /** As a part of that page asks for it. */
  public HttpResponse<String> getByHtmx(String path, String page) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("HX-Request", "true")
            .header("HX-Current-URL", page)
            .GET());
  }

  /** As a page asks by itself, without anybody's hand. */
  public HttpResponse<String> getByItself(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("HX-Request", "true")
            .header("X-By-Itself", "1")
            .GET());
  }

  /** As a part of a page asks for it. */
  public HttpResponse<String> postByHtmx(String path, Map<String, String> fields) {
    return send(request(path, fields.entrySet(), url).header("HX-Request", "true"));
  }

  public HttpResponse<String> post(String path, Map<String, String> fields, String origin) {
    return send(request(path, fields.entrySet(), origin));
  }

  /** The same with fields that may come more than once, as of boxes that are ticked. */
  public HttpResponse<String> post(String path, Collection<Map.Entry<String, String>> fields) {
    return send(request(path, fields, url));
  }

  private HttpRequest.Builder request(
      String path, Collection<Map.Entry<String, String>> fields, String origin) {
    String body =
        fields.stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-CSRF", csrf)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (origin != null) {
      request.header("Origin", origin);
    }
    return request;
  }

  /** A file's bytes, by its address. */
  public HttpResponse<byte[]> getForBytes(String path) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create(url + path)).GET().build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A file's bytes. */
  public HttpResponse<byte[]> postForBytes(String path, Map<String, String> fields) {
    try {
      return client.send(
          request(path, fields.entrySet(), url).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Every address that was asked for, the oldest first. */
  public List<String> addresses() {
    return List.copyOf(addresses);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpRequest built = request.build();
      addresses.add(built.uri().toString());
      return client.send(built, HttpResponse.BodyHandlers.ofString());
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
