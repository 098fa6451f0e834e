package dev.zhifu.desk.signon;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.zhifu.desk.people.People;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.crypto.Sha256;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Signing in through an OpenID Connect provider: authorisation code with PKCE. What was begun in a
 * browser ends in that browser, once, within minutes; the ID token is believed when the provider's
 * own key signed it, for this desk, for this very sign-on, now. Safe for use by several threads.
 */
public final class SignOn {
  /** How long a person may take at the provider; an engineering default. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int TIMEOUT_MS = 5_000;
  private static final int KEYS_BYTES_MAX = 262_144;
  private static final int BROWSER_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final ProviderSettings settings;
  private final Store store;
  private final People people;
  private final WallClock clock;
  private final ClientID client;
  private final Claims claims;
  private Provider provider;

  /**
   * Nothing is asked of the provider before somebody signs in.
   *
   * @param store keeps what was begun
   * @param people gets who was let in
   * @param clock how long a person takes; the library judges a token's times by the machine's
   */
  public SignOn(ProviderSettings settings, Store store, People people, WallClock clock) {
    this.settings = settings;
    this.store = store;
    this.people = people;
    this.clock = clock;
    this.client = new ClientID(settings.clientId());
    this.claims = new Claims(settings);
  }

  /**
   * What the provider says of itself, and its keys.
   *
   * @param metadata its addresses
   * @param validator of its ID tokens
   */
  private record Provider(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

  /**
   * A sign-on that was begun.
   *
   * @param provider where the browser goes
   * @param browser what it keeps as a cookie until it comes back
   */
  public record Begun(URI provider, String browser) {}

  /** Begins one. */
  public Begun begin() throws SignOnException {
    OIDCProviderMetadata metadata = provider().metadata();
    State state = new State();
    Nonce nonce = new Nonce();
    CodeVerifier verifier = new CodeVerifier();
    byte[] bytes = new byte[BROWSER_BYTES];
    random.nextBytes(bytes);
    String browser = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.get();
    store
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("delete from own.sign_on where begun_at < ?", now.minus(LONGEST));
              handle.execute(
                  "insert into own.sign_on (state_sha256, browser_sha256, nonce, verifier, begun_at)"
                      + " values (?, ?, ?, ?, ?)",
                  Sha256.hex(state.getValue()),
                  Sha256.hex(browser),
                  nonce.getValue(),
                  verifier.getValue(),
                  now);
            });
    URI target =
        new AuthenticationRequest.Builder(
                new ResponseType(ResponseType.Value.CODE),
                new Scope("openid", "profile"),
                client,
                settings.back())
            .endpointURI(metadata.getAuthorizationEndpointURI())
            .state(state)
            .nonce(nonce)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .build()
            .toURI();
    return new Begun(target, browser);
  }

  /**
   * Ends one: the person, who is in the store now.
   *
   * @param query as the browser brought it back
   * @param browser its cookie; null without one
   */
  public Person end(String query, String browser) throws SignOnException {
    AuthenticationResponse answer = answer(query);
    Pending pending =
        pending(answer.getState(), browser)
            .orElseThrow(
                () ->
                    new SignOnException(
                        "login.provider.stale",
                        "this browser began no such sign-on, or too long ago, or ended it already"));
    if (!answer.indicatesSuccess()) {
      throw new SignOnException(
          "login.provider.refused",
          "the provider refused: " + answer.toErrorResponse().getErrorObject().getCode());
    }
    if (answer.getIssuer() != null && !answer.getIssuer().getValue().equals(settings.issuer())) {
      throw new SignOnException(
          "login.provider.token", "the answer is of issuer " + answer.getIssuer());
    }
    IDTokenClaimsSet token =
        checked(
            token(
                new AuthorizationCodeGrant(
                    answer.toSuccessResponse().getAuthorizationCode(),
                    settings.back(),
                    new CodeVerifier(pending.verifier()))),
            new Nonce(pending.nonce()));
    Person person = claims.person(token);
    if (!people.ofProvider(person)) {
      throw new SignOnException(
          "login.provider.out", person.id() + " is kept out, or is a local person's name");
    }
    return person;
  }

  private AuthenticationResponse answer(String query) throws SignOnException {
    try {
      return AuthenticationResponseParser.parse(
          URI.create(settings.back() + "?" + (query == null ? "" : query)));
    } catch (ParseException | IllegalArgumentException e) {
      throw new SignOnException("login.provider.stale", "no answer of a provider", e);
    }
  }

  /** What was begun; taken out, so that it ends once. */
  private Optional<Pending> pending(State state, String browser) {
    if (state == null || browser == null) {
      return Optional.empty();
    }
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "delete from own.sign_on where state_sha256 = ? and browser_sha256 = ?"
                            + " and begun_at > ? returning nonce, verifier")
                    .bind(0, Sha256.hex(state.getValue()))
                    .bind(1, Sha256.hex(browser))
                    .bind(2, clock.get().minus(LONGEST))
                    .map((row, context) -> new Pending(row.getString(1), row.getString(2)))
                    .findOne());
  }

  private record Pending(String nonce, String verifier) {}

  private JWT token(AuthorizationCodeGrant grant) throws SignOnException {
    URI endpoint = provider().metadata().getTokenEndpointURI();
    TokenRequest.Builder request =
        settings.secret().isEmpty()
            ? new TokenRequest.Builder(endpoint, client, grant)
            : new TokenRequest.Builder(
                endpoint, new ClientSecretBasic(client, new Secret(settings.secret())), grant);
    HTTPRequest http = request.build().toHTTPRequest();
    http.setConnectTimeout(TIMEOUT_MS);
    http.setReadTimeout(TIMEOUT_MS);
    http.setFollowRedirects(false);
    try {
      TokenResponse answer = OIDCTokenResponseParser.parse(http.send());
      if (answer instanceof OIDCTokenResponse tokens
          && tokens.getOIDCTokens().getIDToken() != null) {
        return tokens.getOIDCTokens().getIDToken();
      }
      throw new SignOnException(
          "login.provider.refused",
          "the provider gave no ID token"
              + (answer.indicatesSuccess()
                  ? ""
                  : ": " + answer.toErrorResponse().getErrorObject().getCode()));
    } catch (ParseException e) {
      throw new SignOnException("login.provider.token", "the provider's tokens cannot be read", e);
    } catch (IOException e) {
      throw new SignOnException("login.provider.away", "the provider does not answer: " + e, e);
    }
  }

  private IDTokenClaimsSet checked(JWT token, Nonce nonce) throws SignOnException {
    try {
      IDTokenClaimsSet claims = provider().validator().validate(token, nonce);
      // Several audiences are one too many unless the token names us as the party it is for.
      if (claims.getAudience().size() > 1
          && (claims.getAuthorizedParty() == null
              || !claims.getAuthorizedParty().getValue().equals(settings.clientId()))) {
        throw new SignOnException(
            "login.provider.token", "the ID token is for " + claims.getAudience());
      }
      return claims;
    } catch (BadJOSEException | JOSEException e) {
      throw new SignOnException(
          "login.provider.token", "the ID token is not believed: " + e.getMessage(), e);
    }
  }

  private synchronized Provider provider() throws SignOnException {
    if (provider != null) {
      return provider;
    }
    Issuer issuer = new Issuer(settings.issuer());
    try {
      OIDCProviderMetadata metadata = OIDCProviderMetadata.resolve(issuer, TIMEOUT_MS, TIMEOUT_MS);
      Set<JWSAlgorithm> algorithms = new HashSet<>();
      settings.algorithms().forEach(name -> algorithms.add(JWSAlgorithm.parse(name)));
      JWKSource<SecurityContext> keys =
          JWKSourceBuilder.create(
                  metadata.getJWKSetURI().toURL(),
                  new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, KEYS_BYTES_MAX))
              .retrying(true)
              .build();
      IDTokenValidator validator =
          new IDTokenValidator(
              issuer, client, new JWSVerificationKeySelector<>(algorithms, keys), null);
      validator.setMaxClockSkew(settings.skewSeconds());
      provider = new Provider(metadata, validator);
      return provider;
    } catch (GeneralException | MalformedURLException e) {
      throw new SignOnException(
          "login.provider.away", "what " + issuer + " says of itself cannot be used: " + e, e);
    } catch (IOException e) {
      throw new SignOnException(
          "login.provider.away", "the provider " + issuer + " does not answer: " + e, e);
    }
  }
}
