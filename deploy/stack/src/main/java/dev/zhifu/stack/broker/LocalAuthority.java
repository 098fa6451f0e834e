package dev.zhifu.stack.broker;

import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An authority of one run, made by the JDK's keytool: it signs certificates of this machine's
 * broker and registry for a few days. For demo and tests; nobody else believes it.
 */
public final class LocalAuthority {
  private static final String VALID_DAYS = "7";

  private final Path folder;
  private final String name;
  private final Path store;
  private final String password = Credentials.random();

  /**
   * Makes one.
   *
   * @param folder where its files lie
   * @param name of the authority, and of its files
   * @throws StackException when keytool fails, with what it said
   */
  public LocalAuthority(Path folder, String name) {
    this.folder = folder.toAbsolutePath();
    this.name = name;
    this.store = this.folder.resolve(name + ".p12");
    keytool(List.of("-alias", name, "-dname", "CN=" + name + " of this run", "-ext", "bc:c"));
    write(this.folder.resolve(name + ".pem"), pem("CERTIFICATE", bytes(chain(name).get(0))));
  }

  /**
   * Signs a certificate.
   *
   * @param owner what its file is called
   * @param hosts as keytool's extension {@code san} has them, such as {@code ip:127.0.0.1}
   */
  public ServerCertificate issue(String owner, String hosts) {
    keytool(
        List.of("-alias", owner, "-dname", "CN=" + owner, "-signer", name, "-ext", "san=" + hosts));
    StringBuilder text = new StringBuilder(pem("PRIVATE KEY", key(owner)));
    chain(owner).forEach(one -> text.append(pem("CERTIFICATE", bytes(one))));
    Path file = folder.resolve(owner + ".pem");
    write(file, text.toString());
    return new ServerCertificate(folder.resolve(name + ".pem"), file);
  }

  private void keytool(List<String> what) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                VALID_DAYS,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "STORE_PASSWORD"));
    command.addAll(what);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("STORE_PASSWORD", password);
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new StackException("keytool made no certificate in " + folder + ": " + said);
      }
    } catch (IOException e) {
      throw new StackException("keytool of this Java cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while a certificate was made", e);
    }
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password.toCharArray());
    }
    return keys;
  }

  private List<Certificate> chain(String alias) {
    try {
      return List.of(store().getCertificateChain(alias));
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  private byte[] key(String alias) {
    try {
      return store().getKey(alias, password.toCharArray()).getEncoded();
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  private byte[] bytes(Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  private StackException unreadable(Exception e) {
    return new StackException(store + " cannot be read: " + e.getMessage(), e);
  }

  private static String pem(String what, byte[] bytes) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }

  private static void write(Path file, String text) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new StackException("file " + file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
