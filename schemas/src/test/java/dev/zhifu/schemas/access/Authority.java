package dev.zhifu.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of one test, and servers that show what it has signed. */
public final class Authority {
  private static final String PASSWORD = "of-this-test";
  private final Path folder;
  private final String name;

  /** Makes one by the JDK's keytool; its certificate lies in {@code NAME.pem}. */
  public Authority(Path folder, String name) throws IOException, GeneralSecurityException {
    this.folder = folder;
    this.name = name;
    keytool("-alias", name, "-dname", "CN=" + name, "-ext", "bc:c");
    Files.writeString(pem(), block("CERTIFICATE", store().getCertificate(name).getEncoded()));
  }

  /** Its certificate. */
  public Path pem() {
    return folder.resolve(name + ".pem");
  }

  /** For clients that believe it. */
  public Tls tls() {
    return Tls.read(pem().toString(), "", AccessNames.SETTINGS);
  }

  /**
   * A server that it has signed a certificate for, and that believes its clients by it.
   *
   * @param hosts as keytool's extension {@code san} has them
   * @param more further words for keytool
   */
  public SSLContext server(String owner, String hosts, String... more)
      throws IOException, GeneralSecurityException {
    sign(owner, hosts, more);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        owner,
        store().getKey(owner, PASSWORD.toCharArray()),
        PASSWORD.toCharArray(),
        store().getCertificateChain(owner));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManagerFactory clients =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    clients.init(tls().authorityStore());
    context.init(keys.getKeyManagers(), clients.getTrustManagers(), null);
    return context;
  }

  /** A file with key and certificates, as a client shows them. */
  Path client(String owner) throws IOException, GeneralSecurityException {
    sign(owner, "dns:" + owner);
    return Files.writeString(
        folder.resolve(owner + ".pem"),
        block("PRIVATE KEY", store().getKey(owner, PASSWORD.toCharArray()).getEncoded())
            + block("CERTIFICATE", store().getCertificate(owner).getEncoded()));
  }

  private void sign(String owner, String hosts, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("-alias", owner, "-dname", "CN=" + owner, "-signer", name, "-ext"));
    words.add("san=" + hosts);
    words.addAll(List.of(more));
    keytool(words.toArray(String[]::new));
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void keytool(String... what) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve(name + ".p12").toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(what));
    Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.onExit().join().exitValue()).as(said).isZero();
  }

  private static String block(String what, byte[] bytes) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END "
        + what
        + "-----\n";
  }
}
