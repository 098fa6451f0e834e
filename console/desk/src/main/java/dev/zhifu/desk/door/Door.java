package dev.zhifu.desk.door;

import io.javalin.config.JavalinConfig;
import java.nio.file.Path;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Where a server of the console listens, and whether it speaks TLS itself.
 *
 * @param host interface
 * @param port port; 0 takes a free one
 * @param keystore PKCS#12 file with the certificate and its key; null for plain HTTP
 * @param password of the file and of the key in it
 * @param proxies what may stand before it and is believed
 */
public record Door(String host, int port, Path keystore, String password, Proxies proxies) {

  /** With nobody before it. */
  public Door(String host, int port, Path keystore, String password) {
    this(host, port, keystore, password, Proxies.none());
  }

  /** Plain HTTP: on the machine itself, or behind what ends TLS. */
  public static Door plain(String host, int port) {
    return new Door(host, port, null, "");
  }

  /** As in addresses. */
  public String scheme() {
    return keystore == null ? "http" : "https";
  }

  /** Has a server listen here. */
  public void open(JavalinConfig config) {
    config.jetty.host = host;
    config.jetty.port = port;
    if (keystore != null) {
      config.jetty.addConnector(this::tls);
    }
  }

  private ServerConnector tls(Server server, HttpConfiguration http) {
    HttpConfiguration https = new HttpConfiguration(http);
    // Who calls checks the certificate; a name that it lacks is no reason to turn a bank away here.
    https.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server keys = new SslContextFactory.Server();
    keys.setKeyStoreType("PKCS12");
    keys.setKeyStorePath(keystore.toUri().toString());
    keys.setKeyStorePassword(password);
    keys.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    ServerConnector connector = new ServerConnector(server, keys, new HttpConnectionFactory(https));
    connector.setHost(host);
    connector.setPort(port);
    return connector;
  }
}
