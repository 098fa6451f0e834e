package dev.zhifu.ingress;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who wants to open which token, for which case, and why.
 *
 * @param token exactly one token, 32 lower-case hex digits
 * @param caseId the case
 * @param purpose why
 * @param personId the person who asks; never a service
 */
public record VaultRequest(String token, String caseId, VaultPurpose purpose, String personId) {
  private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");

  /** What is wrong with the request; empty when nothing is. */
  Optional<String> fault() {
    if (token == null || !TOKEN.matcher(token).matches()) {
      return Optional.of("a request names exactly one token of 32 hex digits");
    }
    if (caseId == null || caseId.isBlank()) {
      return Optional.of("a request names its case");
    }
    if (purpose == null) {
      return Optional.of("a request names its purpose");
    }
    if (personId == null || personId.isBlank()) {
      return Optional.of("a request names the person who asks");
    }
    return Optional.empty();
  }
}
