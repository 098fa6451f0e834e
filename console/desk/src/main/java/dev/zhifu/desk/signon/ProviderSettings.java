package dev.zhifu.desk.signon;

import dev.zhifu.desk.people.Role;
import java.net.URI;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the desk stands to an identity provider.
 *
 * @param issuer its name, an https address; what it says of itself is found under it
 * @param clientId this desk's name there
 * @param secret shared with it; empty for a public client, which PKCE alone protects
 * @param back this desk's address that the provider sends people back to
 * @param personClaim holds the person's id, as on acts and in the key directory
 * @param nameClaim holds the name as shown
 * @param roleClaim holds the roles there; dots lead into objects
 * @param roles roles here by their names there
 * @param bankClaim holds a bank person's bank
 * @param stationClaim holds the contact that a person in the field goes for
 * @param algorithms that may sign an ID token
 * @param skewSeconds by which its clock may differ from ours
 */
public record ProviderSettings(
    String issuer,
    String clientId,
    String secret,
    URI back,
    String personClaim,
    String nameClaim,
    String roleClaim,
    Map<String, Role> roles,
    String bankClaim,
    String stationClaim,
    List<String> algorithms,
    int skewSeconds) {
  /** Where people come back to, under the desk's address. */
  public static final String BACK = "/login/provider/back";

  private static final Set<String> SIGNING =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");
  private static final int SKEW_MAX = 300;

  /** Checks and copies. */
  public ProviderSettings {
    roles = Map.copyOf(roles);
    algorithms = List.copyOf(algorithms);
    require(isHttps(issuer), "oidc.issuer", issuer, "an https address, http on 127.0.0.1 alone");
    require(!clientId.isBlank(), "oidc.client.id", clientId, "the desk's name at the provider");
    require(
        isHttps(back.toString()) && BACK.equals(back.getPath()),
        "oidc.back",
        back,
        "the desk's own https address with the path " + BACK);
    require(!roles.isEmpty(), "oidc.roles", roles, "one role at least");
    require(
        !algorithms.isEmpty() && SIGNING.containsAll(algorithms),
        "oidc.algorithms",
        algorithms,
        "some of " + SIGNING.stream().sorted().toList() + ": keys that the provider alone holds");
    require(
        skewSeconds >= 0 && skewSeconds <= SKEW_MAX,
        "oidc.skew.seconds",
        skewSeconds,
        "0 to " + SKEW_MAX);
  }

  private static boolean isHttps(String address) {
    URI uri = URI.create(address);
    return uri.getHost() != null
        && ("https".equals(uri.getScheme())
            || "http".equals(uri.getScheme()) && uri.getHost().equals("127.0.0.1"));
  }

  private static void require(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(
          "setting " + key + " is '" + value + "'; it must be " + rule);
    }
  }

  /**
   * Reads {@code THERE=HERE,...}.
   *
   * @throws IllegalArgumentException when a role here is none, or a name there stands twice
   */
  public static Map<String, Role> roles(List<String> pairs) {
    Map<String, Role> roles = new HashMap<>();
    for (String pair : pairs) {
      int at = pair.lastIndexOf('=');
      String here = pair.substring(at + 1).strip();
      require(
          at > 0 && EnumSet.allOf(Role.class).stream().anyMatch(role -> role.name().equals(here)),
          "oidc.roles",
          pair,
          "ROLE-THERE=ROLE-HERE with a role here of " + EnumSet.allOf(Role.class));
      Role before = roles.put(pair.substring(0, at).strip(), Role.valueOf(here));
      require(before == null, "oidc.roles", pair, "given once for each role there");
    }
    return roles;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ProviderSettings[" + issuer + ", " + clientId + "]";
  }
}
