package dev.zhifu.schemas.access;

import dev.zhifu.wire.Environment;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.utils.Utils;

/**
 * Says in words, within seconds, why a broker or registry that is there cannot be spoken to as the
 * settings say: Kafka's clients would try for ever. Who does not answer at all is not judged here.
 */
public final class AccessCheck {
  private static final int SECONDS = 8;

  private AccessCheck() {}

  /**
   * What may not be outside of DEMO: orders between police and banks in the clear, or read by
   * schemas that somebody on the wire has made.
   *
   * @param truststore file of authorities; empty without TLS
   * @param keyFile file of the client's own key; empty when it shows none
   * @param user SCRAM user; empty without
   * @param registryUrl address of the registry
   * @return one sentence per setting; none when they may be used there
   */
  public static List<String> inTheClear(
      Environment environment,
      String truststore,
      String keyFile,
      String user,
      String registryUrl,
      AccessNames names) {
    List<String> faults = new ArrayList<>();
    if (environment == Environment.DEMO) {
      return faults;
    }
    if (truststore.isEmpty()) {
      faults.add(
          names.truststore()
              + " is empty; in "
              + environment
              + " no order travels in the clear: give the PEM file of the authority that signs the"
              + " brokers' certificates, and in "
              + names.bootstrap()
              + " the port on which they speak SASL_SSL");
    }
    if (user.isEmpty() && keyFile.isEmpty()) {
      faults.add(
          names.user()
              + " is empty; in "
              + environment
              + " a broker knows who reads and writes: give the SCRAM user and its "
              + names.password());
    }
    if (!registryUrl.isEmpty() && !registryUrl.startsWith("https:")) {
      faults.add(
          names.registry()
              + " is '"
              + registryUrl
              + "'; in "
              + environment
              + " the schemas that orders are read by come by https alone: give the registry's https"
              + " address, with the authority of its certificate in "
              + names.truststore());
    }
    return faults;
  }

  /**
   * Why this access cannot work.
   *
   * @return one sentence with setting, value, rule and way out; empty when it works, and when
   *     nobody answers
   */
  public static Optional<String> broker(KafkaAccess access, AccessNames names) {
    List<String> answering = new ArrayList<>();
    Optional<String> fault = listeners(access.bootstrap(), access.tls(), names, answering);
    if (fault.isPresent() || answering.isEmpty()) {
      return fault;
    }
    Properties properties = access.properties();
    properties.setProperty("request.timeout.ms", String.valueOf(SECONDS * 1000));
    properties.setProperty("default.api.timeout.ms", String.valueOf(SECONDS * 1000));
    try (Admin admin = Admin.create(properties)) {
      return advertised(
          admin.describeCluster().nodes().get(SECONDS, TimeUnit.SECONDS), access, names);
    } catch (ExecutionException e) {
      return e.getCause() instanceof AuthenticationException refused
          ? Optional.of(refused(access, refused, names))
          : Optional.empty();
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (KafkaException e) {
      return Optional.of(
          names.bootstrap() + " is '" + access.bootstrap() + "'; it cannot be used: " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * The same of the ports alone, for clients whose user is not known here.
   *
   * @param bootstrap host:port, several separated by commas
   */
  public static Optional<String> listeners(String bootstrap, Tls tls, AccessNames names) {
    return listeners(bootstrap, tls, names, new ArrayList<>());
  }

  private static Optional<String> listeners(
      String bootstrap, Tls tls, AccessNames names, List<String> answering) {
    for (String address : bootstrap.split(",")) {
      String host = Utils.getHost(address.strip());
      Integer port = Utils.getPort(address.strip());
      String what = names.bootstrap() + " is '" + address.strip() + "'";
      if (host == null || port == null) {
        return Optional.of(
            what + "; it must be host:port, several separated by commas: give the broker's port");
      }
      Handshake shaken =
          tls.isOn() ? Handshake.with(host, port, tls) : Handshake.inTheClear(host, port);
      Optional<String> fault =
          tls.isOn()
              ? words(shaken, what, host, tls, names, "the port of a SASL_SSL listener")
              : shaken.isTls() ? Optional.of(unexpected(what, names)) : Optional.empty();
      if (fault.isPresent()) {
        return fault;
      }
      if (shaken.verdict() != Handshake.Verdict.AWAY) {
        answering.add(address);
      }
    }
    return Optional.empty();
  }

  private static String unexpected(String what, AccessNames names) {
    return what
        + " and "
        + names.truststore()
        + " is empty; what answers there speaks TLS: give the PEM file of the authority that signed"
        + " its certificate, or the port of a listener in the clear";
  }

  /** Clients go where the cluster sends them, which a certificate must fit too. */
  static Optional<String> advertised(
      Collection<Node> nodes, KafkaAccess access, AccessNames names) {
    if (!access.tls().isOn()) {
      return Optional.empty();
    }
    for (Node node : nodes) {
      String what =
          names.bootstrap()
              + " is '"
              + access.bootstrap()
              + "', where clients are sent on to '"
              + node.host()
              + ":"
              + node.port()
              + "' (advertised.listeners of broker "
              + node.idString()
              + ")";
      Optional<String> fault =
          words(
              Handshake.with(node.host(), node.port(), access.tls()),
              what,
              node.host(),
              access.tls(),
              names,
              "there the port of a SASL_SSL listener");
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  /**
   * Why a registry cannot be spoken to by its address's scheme.
   *
   * @param url an http or https address
   * @param tls whom to believe; {@link Tls#NONE} is left to Java's own authorities
   */
  public static Optional<String> registry(String url, Tls tls, AccessNames names) {
    URI at = URI.create(url);
    boolean https = "https".equals(at.getScheme());
    int port = at.getPort() >= 0 ? at.getPort() : https ? 443 : 80;
    String what = names.registry() + " is '" + url + "'";
    if (https) {
      return tls.isOn()
          ? words(
              Handshake.with(at.getHost(), port, tls),
              what,
              at.getHost(),
              tls,
              names,
              "the registry's https port")
          : Optional.empty();
    }
    return Handshake.with(at.getHost(), port, Tls.NONE).isTls()
        ? Optional.of(what + "; what answers there speaks TLS: give its https address")
        : Optional.empty();
  }

  private static Optional<String> words(
      Handshake shaken, String what, String host, Tls tls, AccessNames names, String port) {
    return switch (shaken.verdict()) {
      case TRUSTED, AWAY -> Optional.empty();
      case NO_TLS ->
          Optional.of(
              what
                  + "; with "
                  + names.truststore()
                  + " it must speak TLS, and what answers there does not ("
                  + shaken.detail()
                  + "): give "
                  + port);
      case NO_AGREEMENT ->
          Optional.of(
              what
                  + "; it must speak TLS as this Java does, and it says '"
                  + shaken.detail()
                  + "': allow TLS 1.2 or 1.3 with usual ciphers there");
      case UNTRUSTED ->
          Optional.of(
              what
                  + " and "
                  + names.truststore()
                  + " is '"
                  + tls.truststore()
                  + "'; the file must hold the authority that signed the certificate there, which is"
                  + " '"
                  + shaken.certificate().getIssuerX500Principal().getName()
                  + "': add that authority's certificate if it is yours, else correct the address ("
                  + shaken.detail()
                  + ")");
      case RAN_OUT ->
          Optional.of(
              what
                  + "; the certificate there must be in force, and it or its authority is not ("
                  + shaken.detail()
                  + "): have it renewed, or set the clock of this machine");
      case OTHER_HOST ->
          Optional.of(
              what
                  + "; the certificate there must name '"
                  + host
                  + "', and it names "
                  + (shaken.hosts().isEmpty() ? "no host" : String.join(", ", shaken.hosts()))
                  + ": give the address by a name that it names, or have a certificate issued that"
                  + " names this one");
    };
  }

  private static String refused(KafkaAccess access, AuthenticationException e, AccessNames names) {
    if (e instanceof SslAuthenticationException) {
      return (access.tls().key().isEmpty()
              ? names.key() + " is empty"
              : names.key() + " is '" + access.tls().keyFile() + "'")
          + "; the broker at "
          + access.bootstrap()
          + " ends TLS sessions whose client does not show it a certificate that it believes: give"
          + " the key and certificate that it was told of ("
          + reason(e)
          + ")";
    }
    return names.user()
        + " is '"
        + access.user()
        + "'; the broker at "
        + access.bootstrap()
        + " must know it by SCRAM-SHA-256 with the password of "
        + names.password()
        + ": create the user there, or mend user and password ("
        + reason(e)
        + ")";
  }

  private static String reason(Throwable e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
  }
}
