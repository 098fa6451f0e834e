package dev.zhifu.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.schemas.crypto.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The record of every opening and every refusal: JSON lines, each with the hash of the one before,
 * on the disk before the vault answers. A changed, missing or reordered line breaks the chain.
 */
public final class VaultAudit implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String START = "0".repeat(64);

  private final FileChannel file;
  private String newest;
  private long sequence;

  /**
   * Opens the audit for appending.
   *
   * @throws IllegalStateException if its chain is broken: find out why before the vault opens again
   */
  public VaultAudit(Path path) {
    try {
      List<String> lines = Files.exists(path) ? Files.readAllLines(path) : List.of();
      Optional<String> fault = faultOf(lines);
      if (fault.isPresent()) {
        throw new IllegalStateException("Vault audit " + path + ": " + fault.get());
      }
      sequence = lines.size();
      newest = lines.isEmpty() ? START : field(lines.get(lines.size() - 1), "hash");
      file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Vault audit " + path + " cannot be opened", e);
    }
  }

  /** Appends one attempt and forces it to the disk. */
  void append(VaultRequest request, String outcome, Instant at) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("sequence", sequence + 1)
            .put("at", at.toString())
            .put("person", request.personId())
            .put("purpose", request.purpose() == null ? null : request.purpose().name())
            .put("caseId", request.caseId())
            .put("token", request.token())
            .put("outcome", outcome)
            .put("previous", newest);
    String hash = Sha256.hex(line.toString());
    line.put("hash", hash);
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException("The vault audit cannot be written: nothing is opened", e);
    }
    newest = hash;
    sequence++;
  }

  /**
   * The first fault of a chain of lines; empty when it is whole. Says nothing of lines cut off at
   * the end.
   */
  public static Optional<String> faultOf(List<String> lines) {
    String previous = START;
    for (int index = 0; index < lines.size(); index++) {
      ObjectNode line = parse(lines.get(index));
      JsonNode hash = line.remove("hash");
      boolean whole =
          hash != null
              && line.path("sequence").asLong() == index + 1L
              && line.path("previous").asText().equals(previous)
              && hash.asText().equals(Sha256.hex(line.toString()));
      if (!whole) {
        return Optional.of("line " + (index + 1) + " was changed, or one before it is missing");
      }
      previous = hash.asText();
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static String field(String line, String name) {
    return parse(line).path(name).asText();
  }

  private static ObjectNode parse(String line) {
    try {
      return JSON.readTree(line) instanceof ObjectNode node ? node : JSON.createObjectNode();
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
