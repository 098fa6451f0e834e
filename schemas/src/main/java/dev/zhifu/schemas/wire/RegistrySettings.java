package dev.zhifu.schemas.wire;

import dev.zhifu.schemas.access.Tls;
import java.io.Serializable;
import java.net.URI;

/**
 * How the Schema Registry is reached. Serializable, so that a Flink deserializer carries this and
 * not the codec.
 *
 * @param url base address with {@code http} or {@code https}, for example {@code
 *     http://127.0.0.1:8081}
 * @param user name for basic authentication; empty without
 * @param password its password, a secret
 * @param tls whom to believe to be an https registry; {@link Tls#NONE} leaves it to Java's own
 *     authorities
 */
public record RegistrySettings(String url, String user, String password, Tls tls)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if {@code url} is not an http(s) address, or names a user
   */
  public RegistrySettings {
    if (url == null || !isHttp(url)) {
      throw new IllegalArgumentException(
          "registry url is '"
              + url
              + "'; it must be an http or https address such as http://127.0.0.1:8081");
    }
    if (URI.create(url).getUserInfo() != null) {
      throw new IllegalArgumentException(
          "registry url is '"
              + url.replaceAll("//.*@", "//…@")
              + "'; an address is shown and logged, so it must hold no user: give user and password"
              + " by their own settings");
    }
    url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** A registry that asks nobody who they are. */
  public RegistrySettings(String url) {
    this(url, "", "", Tls.NONE);
  }

  /** The codec that this process shares for this registry. */
  public AvroCodec codec() {
    return AvroCodec.shared(this);
  }

  private static boolean isHttp(String url) {
    try {
      URI parsed = URI.create(url);
      return parsed.getHost() != null
          && ("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()));
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return (user.isEmpty() ? "" : user + "@") + url;
  }
}
