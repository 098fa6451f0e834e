package dev.zhifu.desk.signon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Stands in for an identity provider, over HTTP: discovery, keys, codes that serve once with PKCE
 * and the client's secret, ID tokens. A test double: it says what a test wants said, also what no
 * provider would say. Nobody logs in to it; it asks for no password.
 */
final class TestProvider implements AutoCloseable {
  static final String CLIENT = "zhifu-desk";
  static final String SECRET = "the secret of desk and provider";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Map<String, String>> codes = new HashMap<>();
  private final HttpServer server;
  private RSAKey key = rsa("first");
  private RSAKey signing = key;
  private Map<String, Object> claims = Map.of();
  private UnaryOperator<JWTClaimsSet.Builder> change = UnaryOperator.identity();
  private How how = How.SIGNED;
  private int verified;

  /** How an ID token is made to be believed. */
  enum How {
    SIGNED,
    PLAIN,
    BY_THE_SECRET
  }

  TestProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/.well-known/openid-configuration", this::discovery);
    server.createContext("/keys", exchange -> json(exchange, 200, keys()));
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.start();
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the next ID tokens say, honestly made. */
  synchronized void says(Map<String, Object> ofThePerson) {
    claims = ofThePerson;
    change = UnaryOperator.identity();
    how = How.SIGNED;
    signing = key;
  }

  /** What is wrong with them. */
  synchronized void but(UnaryOperator<JWTClaimsSet.Builder> wrong) {
    change = wrong;
  }

  synchronized void signedBy(RSAKey other) {
    signing = other;
  }

  synchronized void made(How now) {
    how = now;
  }

  /** Takes a new key and shows it alone. */
  synchronized void changesItsKey(RSAKey next) {
    key = next;
    signing = next;
  }

  /** Codes that were given out for a verifier that fits the challenge. */
  synchronized int verified() {
    return verified;
  }

  private synchronized ObjectNode keys() {
    return JSON.valueToTree(new JWKSet(key.toPublicJWK()).toJSONObject());
  }

  private void discovery(HttpExchange exchange) throws IOException {
    ObjectNode all = JSON.createObjectNode();
    all.put("issuer", issuer());
    all.put("authorization_endpoint", issuer() + "/authorize");
    all.put("token_endpoint", issuer() + "/token");
    all.put("jwks_uri", issuer() + "/keys");
    all.putArray("response_types_supported").add("code");
    all.putArray("subject_types_supported").add("public");
    all.putArray("id_token_signing_alg_values_supported").add("RS256");
    json(exchange, 200, all);
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
    String code = UUID.randomUUID().toString();
    synchronized (this) {
      codes.put(code, asked);
    }
    exchange
        .getResponseHeaders()
        .add(
            "Location",
            asked.get("redirect_uri")
                + "?code="
                + code
                + "&state="
                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> given =
        fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
    synchronized (this) {
      Map<String, String> asked = codes.remove(given.get("code"));
      if (asked == null
          || !basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
          || !asked.get("redirect_uri").equals(given.get("redirect_uri"))
          || !asked.get("code_challenge").equals(challenge(given.get("code_verifier")))) {
        json(exchange, 400, JSON.createObjectNode().put("error", "invalid_grant"));
        return;
      }
      verified++;
      ObjectNode answer = JSON.createObjectNode();
      answer.put("access_token", UUID.randomUUID().toString());
      answer.put("token_type", "Bearer");
      answer.put("id_token", idToken(asked.get("nonce")));
      json(exchange, 200, answer);
    }
  }

  private String idToken(String nonce) {
    // Wall clock: the library under test judges a token's times by the machine's.
    Instant now = Instant.now();
    JWTClaimsSet.Builder made =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
            .claim("nonce", nonce);
    claims.forEach(made::claim);
    JWTClaimsSet set = change.apply(made).build();
    try {
      return switch (how) {
        case PLAIN -> new PlainJWT(set).serialize();
        case BY_THE_SECRET -> {
          SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set);
          token.sign(new MACSigner(SECRET.repeat(2)));
          yield token.serialize();
        }
        case SIGNED -> {
          SignedJWT token =
              new SignedJWT(
                  new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signing.getKeyID()).build(), set);
          token.sign(new RSASSASigner(signing));
          yield token.serialize();
        }
      };
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static Map<String, String> fields(String query) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : query.split("&")) {
      String[] parts = pair.split("=", 2);
      fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return fields;
  }

  private static void json(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
