package dev.zhifu.schemas.wire;

import java.io.Serializable;
import java.net.URI;

/**
 * Where the Schema Registry answers. Serializable, so that a Flink deserializer carries this and
 * not the codec.
 *
 * @param url base address with {@code http} or {@code https}, for example {@code
 *     http://127.0.0.1:8081}
 */
public record RegistrySettings(String url) implements Serializable {

  /**
   * @throws IllegalArgumentException if {@code url} is not an http(s) address
   */
  public RegistrySettings {
    if (url == null || !isHttp(url)) {
      throw new IllegalArgumentException(
          "registry url is '"
              + url
              + "'; it must be an http or https address such as http://127.0.0.1:8081");
    }
    url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
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
}
