package dev.zhifu.desk.signon;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who a person is here, from what a checked ID token says of him there. */
final class Claims {
  private static final int LONGEST = 128;

  private final ProviderSettings settings;

  Claims(ProviderSettings settings) {
    this.settings = settings;
  }

  /**
   * The person.
   *
   * @throws SignOnException when the token names no id, no role of ours or several, or not what the
   *     role needs
   */
  Person person(IDTokenClaimsSet token) throws SignOnException {
    Map<String, Object> claims = token.toJSONObject();
    String id = text(claims, settings.personClaim()).orElse("");
    if (id.isEmpty()) {
      throw new SignOnException(
          "login.provider.unknown", "claim " + settings.personClaim() + " is missing");
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String there : words(at(claims, settings.roleClaim()))) {
      Role here = settings.roles().get(there);
      if (here != null) {
        roles.add(here);
      }
    }
    if (roles.size() != 1) {
      throw new SignOnException(
          roles.isEmpty() ? "login.provider.role" : "login.provider.roles",
          id + " has the roles " + roles + "; each person has one");
    }
    Role role = roles.iterator().next();
    return new Person(
        id,
        text(claims, settings.nameClaim()).orElse(id),
        role,
        role == Role.BANK ? needed(claims, settings.bankClaim(), role) : null,
        role == Role.FIELD ? needed(claims, settings.stationClaim(), role) : null);
  }

  private static String needed(Map<String, Object> claims, String claim, Role role)
      throws SignOnException {
    return text(claims, claim)
        .orElseThrow(
            () ->
                new SignOnException(
                    "login.provider.role", "role " + role + " needs the claim " + claim));
  }

  /** A claim's one line of text, without what a log or a page could trip over. */
  private static Optional<String> text(Map<String, Object> claims, String claim) {
    return at(claims, claim) instanceof String text
            && !text.isBlank()
            && text.length() <= LONGEST
            && text.chars().noneMatch(Character::isISOControl)
        ? Optional.of(text.strip())
        : Optional.empty();
  }

  /** A claim of this very name, or by its dots into objects. */
  private static Object at(Map<String, Object> claims, String claim) {
    if (claims.containsKey(claim)) {
      return claims.get(claim);
    }
    Object value = claims;
    for (String step : claim.split("\\.")) {
      value = value instanceof Map<?, ?> object ? object.get(step) : null;
    }
    return value;
  }

  private static List<String> words(Object value) {
    if (value instanceof String text) {
      return List.of(text.split(" "));
    }
    return value instanceof Collection<?> several
        ? several.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
