package dev.zhifu.bank;

import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.crypto.StandingAuthorisationBook;
import dev.zhifu.schemas.crypto.StandingAuthorisationFile;
import dev.zhifu.schemas.crypto.StandingAuthorisations;
import dev.zhifu.wire.StandingAuthorisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standing authorisations that a bank agreed to, one signed document a revision in a folder.
 * New documents, such as one that revokes, are read before an order is judged. A document whose
 * signature does not hold is left out and logged once.
 */
public final class AuthorisationFolder implements StandingAuthorisations {
  private static final Logger LOG = LoggerFactory.getLogger(AuthorisationFolder.class);

  private final Path folder;
  private final StandingAuthorisationBook book;
  private final Set<Path> read = new HashSet<>();

  /**
   * @param folder where the documents lie; it may come to be later
   * @param signatures verifies them
   */
  public AuthorisationFolder(Path folder, Signatures signatures) {
    this.folder = folder;
    this.book = new StandingAuthorisationBook(signatures);
  }

  /** Puts a document into a folder of banks, whole or not at all. */
  public static void put(Path folder, StandingAuthorisation standing) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "incoming", ".part");
      Files.writeString(part, StandingAuthorisationFile.print(standing));
      Files.move(part, folder.resolve(StandingAuthorisationFile.nameOf(standing)));
    } catch (IOException e) {
      throw new UncheckedIOException("A standing authorisation cannot be put into " + folder, e);
    }
  }

  @Override
  public Optional<StandingAuthorisation> find(String authorisationId) {
    newDocuments().forEach(this::take);
    return book.find(authorisationId);
  }

  private List<Path> newDocuments() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .filter(read::add)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + folder + " cannot be listed", e);
    }
  }

  private void take(Path file) {
    try {
      StandingAuthorisation standing =
          StandingAuthorisationFile.parse(file.toString(), Files.readString(file));
      SignatureCheck check = book.offer(standing, standing.getRenewedAt());
      if (!check.holds()) {
        LOG.warn("Standing authorisation {} is left out: {}", file, check.sentence());
      }
    } catch (IOException | CryptoException e) {
      LOG.warn("Standing authorisation {} is left out: {}", file, e.getMessage());
    }
  }
}
