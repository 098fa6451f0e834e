package dev.zhifu.desk.gateway;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** Where messages to a bank may be posted to (ADR-0173). */
final class Webhooks {
  /** What no name service is asked about. */
  private static final String LITERAL = "[0-9.]+|\\[.*\\]";

  private final boolean plain;

  /** By plain HTTP and to this machine too, where {@code plain}. */
  Webhooks(boolean plain) {
    this.plain = plain;
  }

  /** Why nothing is posted to an address; empty when it may be. */
  Optional<String> fault(String url) {
    URI parsed;
    try {
      parsed = URI.create(url);
    } catch (IllegalArgumentException e) {
      return Optional.of("it is an http or https address, or null for none");
    }
    String host = parsed.getHost();
    boolean https = "https".equals(parsed.getScheme());
    if (host == null || !https && !"http".equals(parsed.getScheme())) {
      return Optional.of("it is an http or https address, or null for none");
    }
    if (parsed.getUserInfo() != null) {
      return Optional.of("it holds no user and no password: what is posted is signed");
    }
    if (plain) {
      return Optional.empty();
    }
    if (!https) {
      return Optional.of("outside of DEMO it is an https address: orders never go by plain HTTP");
    }
    return isOwn(host.toLowerCase(Locale.ROOT))
        ? Optional.of("it is an address of the bank, not of the centre's own machine")
        : Optional.empty();
  }

  /** The centre's own machine, and what only the wire beside it hears. */
  private static boolean isOwn(String host) {
    if (!host.matches(LITERAL)) {
      return host.equals("localhost") || host.endsWith(".localhost");
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress()
          || address.isLinkLocalAddress()
          || address.isAnyLocalAddress()
          || address.isMulticastAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }
}
