package dev.zhifu.stack.cli;

import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyDirectoryFile;
import dev.zhifu.schemas.crypto.KeyFile;
import dev.zhifu.schemas.crypto.KeyRole;
import dev.zhifu.schemas.crypto.KeySigner;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.stack.StackException;
import dev.zhifu.wire.Environment;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Whose keys count on the broker that a command works on. The demo's keys, which everybody has,
 * sign for its invented persons and in no other environment.
 */
final class KeyOptions {
  @Mixin private RulesBroker broker;

  @Option(
      names = "--environment",
      paramLabel = "ENV",
      description =
          "DEMO, DRILL or PRODUCTION: whose keys count on that broker (default: DEMO on the running stack; must be"
              + " given with --bootstrap)")
  private Environment environment;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "key directory of that environment (default: the demo's)")
  private Path keys;

  /**
   * One person's key.
   *
   * @param person the person, as the key directory names the owner
   * @param signer signs with it
   */
  record Signatory(String person, KeySigner signer) {
    /**
     * Refuses a key whose role does not sign {@code what}, as the engine would.
     *
     * @param whose who signs such things, in words
     */
    void require(Predicate<KeyRole> may, String what, String whose) {
      KeyRole role = signer.entry().role();
      if (!may.test(role)) {
        throw new StackException(
            "%s's key %s has role %s; %s needs the key of %s"
                .formatted(person, signer.keyId(), role, what, whose));
      }
    }
  }

  /** The broker, which is not spoken to in the clear outside of DEMO. */
  RulesBroker broker() {
    broker.require(environment());
    return broker;
  }

  Environment environment() {
    if (environment == null && broker.isGiven()) {
      throw new StackException(
          "--bootstrap needs --environment DEMO, DRILL or PRODUCTION: whose keys count on that broker cannot be"
              + " seen from here");
    }
    return environment == null ? Environment.DEMO : environment;
  }

  /** Verifies as the engine on that broker will. */
  Signatures signatures() {
    return new Signatures(directory(), environment());
  }

  private KeyDirectory directory() {
    if (keys != null) {
      return KeyDirectoryFile.read(keys);
    }
    if (environment() != Environment.DEMO) {
      throw new StackException(
          "--environment "
              + environment()
              + " needs --keys FILE, the key directory of that environment");
    }
    return DemoKeys.directory();
  }

  /**
   * The key of a person.
   *
   * @param option that would have named a key file, without its dashes
   * @param file the key file; null for a DEMO key, which the DEMO environment alone takes
   * @param password file with the key file's password; null asks at the terminal when it is locked
   * @param person who signs; null is the owner of the key, or {@code usual} with a DEMO key
   */
  Signatory signatory(String option, Path file, Path password, String person, String usual) {
    if (file == null) {
      if (environment() != Environment.DEMO) {
        throw new StackException(
            "--%s is not given, and DEMO keys, which everybody has, sign nothing in %s: give --%s FILE with --keys FILE"
                .formatted(option, environment(), option));
      }
      String id = person == null ? usual : person;
      return new Signatory(id, DemoKeys.person(id));
    }
    KeySigner signer = KeyFile.read(file, password(option, file, password)).signer(directory());
    if (signer.environment() != environment()) {
      throw new StackException(
          "--%s is %s, key %s of environment %s; on this broker keys of %s count"
              .formatted(option, file, signer.keyId(), signer.environment(), environment()));
    }
    String owner = signer.entry().owner();
    if (person != null && !person.equals(owner)) {
      throw new StackException(
          "--%s is %s, the key of %s; %s was named: a person signs with a key of their own"
              .formatted(option, file, owner, person));
    }
    return new Signatory(owner, signer);
  }

  private static char[] password(String option, Path file, Path password) {
    if (password != null) {
      try {
        return Files.readString(password).strip().toCharArray();
      } catch (IOException e) {
        throw new StackException("password file " + password + " cannot be read: " + e, e);
      }
    }
    if (!KeyFile.isLocked(file)) {
      return null;
    }
    Console terminal = System.console();
    if (terminal == null) {
      throw new StackException(
          "key file %s is locked and there is no terminal to ask at: give --%s-password FILE"
              .formatted(file, option));
    }
    return terminal.readPassword("password of %s: ", file);
  }
}
