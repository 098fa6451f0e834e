package dev.zhifu.ingress;

import dev.zhifu.schemas.crypto.CryptoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The way back from a token to the identity: one token at a time, for a named case, purpose and
 * person. Every opening and every refusal is on the audit's disk before the answer leaves. There is
 * no call that lists or opens several, and a person who opens more than a few a minute is refused.
 * Safe for use by several threads.
 */
public final class Vault implements AutoCloseable {
  /** Openings that one person may have in one minute; an engineering default. */
  public static final int OPENINGS_PER_MINUTE_MAX = 30;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VaultFile file;
  private final VaultAudit audit;
  private final Map<String, Deque<Instant>> recent = new HashMap<>();

  /**
   * Opens the vault in {@code folder}: {@code vault.bin} and {@code vault-audit.jsonl}.
   *
   * @param key SM4 key of the entries, 16 bytes; kept apart from the folder
   */
  public Vault(Path folder, byte[] key, SecureRandom random) {
    try {
      this.file = new VaultFile(folder.resolve("vault.bin"), key, random);
      this.audit = new VaultAudit(folder.resolve("vault-audit.jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException("The vault in " + folder + " cannot be opened", e);
    }
  }

  /** Keeps what a token stands for; a token already known is left as it is. */
  public synchronized void keep(String token, ClearIdentity identity) {
    if (!file.contains(token)) {
      file.append(token, identity);
    }
  }

  /**
   * Opens one token.
   *
   * @param at the time of asking, for the audit and the limit
   * @return the identity; empty when the vault never saw the token
   * @throws VaultRefusedException if the request is not whole, or its person asks too often
   */
  public synchronized Optional<ClearIdentity> open(VaultRequest request, Instant at) {
    requireMay(request, at);
    if (!file.contains(request.token())) {
      audit.append(request, "UNKNOWN", at);
      return Optional.empty();
    }
    audit.append(request, "OPENED", at);
    return Optional.of(file.read(request.token()));
  }

  /**
   * Seals what is too large for the vault's own file, such as a scan, to lie elsewhere.
   *
   * @param token 32 lower-case hex digits that name it, and nothing else
   * @return opened again by {@link #open(VaultRequest, byte[], Instant)} under the same token alone
   */
  public synchronized byte[] seal(String token, byte[] clear) {
    return file.seal(token, clear);
  }

  /**
   * Opens what {@link #seal} has sealed; on record and limited as a token is.
   *
   * @param at the time of asking, for the audit and the limit
   * @throws VaultRefusedException if the request is not whole, or its person asks too often
   * @throws CryptoException if it was sealed under another token or key, or was changed
   */
  public synchronized byte[] open(VaultRequest request, byte[] sealed, Instant at) {
    requireMay(request, at);
    audit.append(request, "OPENED", at);
    return file.unseal(request.token(), sealed);
  }

  private void requireMay(VaultRequest request, Instant at) {
    Optional<String> fault = request.fault().or(() -> limitFault(request.personId(), at));
    if (fault.isPresent()) {
      audit.append(request, "REFUSED: " + fault.get(), at);
      throw new VaultRefusedException(fault.get());
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
    audit.close();
  }

  private Optional<String> limitFault(String person, Instant at) {
    Deque<Instant> opened = recent.computeIfAbsent(person, unseen -> new ArrayDeque<>());
    while (!opened.isEmpty() && !opened.peekFirst().isAfter(at.minus(MINUTE))) {
      opened.removeFirst();
    }
    if (opened.size() >= OPENINGS_PER_MINUTE_MAX) {
      return Optional.of(
          person
              + " opened "
              + opened.size()
              + " tokens in the last minute; the vault serves no bulk");
    }
    opened.addLast(at);
    return Optional.empty();
  }
}
