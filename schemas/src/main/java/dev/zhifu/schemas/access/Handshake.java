package dev.zhifu.schemas.access;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * One TLS handshake with a port, to learn in words what a client that retries for ever would hide.
 *
 * @param verdict how it went
 * @param detail what was said, for a sentence
 * @param certificate what the port showed; null when it showed none
 */
record Handshake(Verdict verdict, String detail, X509Certificate certificate) {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int ANSWER_MILLIS = 5_000;

  private static final int TLS_ALERT = 0x15;

  /** A request for versions, which a broker answers to everybody: size, key 18, no client. */
  private static final byte[] VERSIONS =
      ByteBuffer.allocate(14)
          .putInt(10)
          .putShort((short) 18)
          .putShort((short) 0)
          .putInt(0)
          .putShort((short) -1)
          .array();

  /** {@code GeneralName} of RFC 5280: a host's name, an address. */
  private static final List<Integer> HOSTS = List.of(2, 7);

  /** How a handshake went. */
  enum Verdict {
    /** The certificate is good. */
    TRUSTED,
    /** Nobody answers: nothing is known. */
    AWAY,
    /** What answers does not speak TLS. */
    NO_TLS,
    /** It speaks TLS and agrees on none of ours. */
    NO_AGREEMENT,
    /** No authority of ours has signed the certificate. */
    UNTRUSTED,
    /** The certificate is not in force. */
    RAN_OUT,
    /** The certificate is another host's. */
    OTHER_HOST
  }

  /**
   * Tries it.
   *
   * @param tls whom to believe; with {@link Tls#NONE} nobody
   */
  static Handshake with(String host, int port, Tls tls) {
    try (Socket plain = connected(host, port)) {
      Watch watch = new Watch(trust(tls));
      try {
        shake(plain, host, port, watch);
        return watch.seen("");
      } catch (IOException e) {
        return watch.verdict == null ? unseen(e) : watch.seen(e.getMessage());
      }
    } catch (IOException e) {
      return new Handshake(Verdict.AWAY, String.valueOf(e.getMessage()), null);
    }
  }

  /**
   * Asks in the clear, as a broker in the clear must answer. A Kafka client that does so and hears
   * a TLS alert takes its bytes for a length of 350 MB.
   */
  static Handshake inTheClear(String host, int port) {
    try (Socket socket = connected(host, port)) {
      return asked(socket) ? new Handshake(Verdict.NO_TLS, "", null) : with(host, port, Tls.NONE);
    } catch (IOException e) {
      return new Handshake(Verdict.AWAY, String.valueOf(e.getMessage()), null);
    }
  }

  /** True when it did not answer in TLS and did not hang up. */
  private static boolean asked(Socket socket) {
    try {
      socket.getOutputStream().write(VERSIONS);
      int first = socket.getInputStream().read();
      return first >= 0 && first != TLS_ALERT;
    } catch (IOException e) {
      return e instanceof SocketTimeoutException;
    }
  }

  private static Socket connected(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void shake(Socket plain, String host, int port, Watch watch) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {watch}, null);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** The certificate was not reached. */
  private static Handshake unseen(IOException e) {
    String detail = String.valueOf(e.getMessage());
    if (e instanceof SocketTimeoutException) {
      return new Handshake(Verdict.AWAY, detail, null);
    }
    boolean ended =
        e instanceof SocketException
            || e.getCause() instanceof EOFException
            || e.getCause() instanceof SocketException;
    // JSSE says so, and not that a handshake failed, when the answer is no TLS record.
    boolean other = e.getClass() == SSLException.class;
    return new Handshake(ended || other ? Verdict.NO_TLS : Verdict.NO_AGREEMENT, detail, null);
  }

  private static X509ExtendedTrustManager trust(Tls tls) {
    if (!tls.isOn()) {
      return null;
    }
    try {
      KeyStore authorities = tls.authorityStore();
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no trust manager", e);
    }
  }

  /** True when the port speaks TLS, whoever it is. */
  boolean isTls() {
    return verdict != Verdict.AWAY && verdict != Verdict.NO_TLS;
  }

  /** Hosts that the certificate names, as it names them. */
  List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    try {
      var names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        names.stream()
            .filter(name -> HOSTS.contains((Integer) name.get(0)))
            .forEach(name -> hosts.add(String.valueOf(name.get(1))));
      }
    } catch (CertificateException e) {
      hosts.add("unreadable (" + e.getMessage() + ")");
    }
    return hosts;
  }

  /** Decides as the JDK does and keeps what it was that did not fit. */
  private static final class Watch extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private Verdict verdict;
    private X509Certificate shown;
    private String why = "";

    private Watch(X509ExtendedTrustManager judge) {
      this.judge = judge;
    }

    Handshake seen(String otherwise) {
      return new Handshake(verdict, why.isEmpty() ? otherwise : why, shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      shown = chain[0];
      if (judge == null) {
        throw failed(Verdict.UNTRUSTED, new CertificateException("nobody is believed"));
      }
      try {
        judge.checkServerTrusted(chain, type);
      } catch (CertificateException e) {
        throw failed(isOutOfForce(e) ? Verdict.RAN_OUT : Verdict.UNTRUSTED, e);
      }
      try {
        judge.checkServerTrusted(chain, type, socket);
      } catch (CertificateException e) {
        throw failed(Verdict.OTHER_HOST, e);
      }
      verdict = Verdict.TRUSTED;
    }

    private CertificateException failed(Verdict how, CertificateException e) {
      verdict = how;
      why = String.valueOf(e.getMessage());
      return e;
    }

    private static boolean isOutOfForce(Throwable thrown) {
      for (Throwable e = thrown; e != null; e = e.getCause()) {
        if (e instanceof CertificateExpiredException
            || e instanceof CertificateNotYetValidException) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("a certificate is judged with its host");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("a certificate is judged with its host");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("this side is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("this side is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("this side is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return judge == null ? new X509Certificate[0] : judge.getAcceptedIssuers();
    }
  }
}
