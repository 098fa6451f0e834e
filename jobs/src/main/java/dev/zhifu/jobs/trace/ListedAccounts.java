package dev.zhifu.jobs.trace;

import dev.zhifu.rules.money.trace.End;
import dev.zhifu.rules.money.trace.Listed;
import dev.zhifu.schemas.stored.StoredFile;
import dev.zhifu.schemas.stored.StoredFile.Rows;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The lists by account, as a trace asks them: by the event time of the transfer. */
public final class ListedAccounts implements Listed {
  private final Map<String, Map<String, ListEntry>> byAccount = new HashMap<>();

  /**
   * The lists of a file, as stored history keeps those of the job ({@code lists.avro}).
   *
   * @throws java.io.UncheckedIOException when it is missing or no such file
   */
  public static ListedAccounts of(Path file) {
    ListedAccounts listed = new ListedAccounts();
    try (Rows<ListEntry> rows = StoredFile.read(file, ListEntry.class)) {
      rows.forEachRemaining(listed::take);
    }
    return listed;
  }

  /** Takes an entry; a newer one of the same id replaces it. */
  public void take(ListEntry entry) {
    if (entry.getSubject() == ListSubject.ACCOUNT && endOf(entry.getList()) != null) {
      byAccount
          .computeIfAbsent(entry.getToken(), token -> new HashMap<>())
          .put(entry.getEntryId(), entry);
    }
  }

  @Override
  public End end(String token, long atMs) {
    End found = null;
    for (ListEntry entry : byAccount.getOrDefault(token, Map.of()).values()) {
      End end = endOf(entry.getList());
      // Of several lists always the same one speaks.
      if (counts(entry, atMs) && (found == null || end.compareTo(found) < 0)) {
        found = end;
      }
    }
    return found;
  }

  private static boolean counts(ListEntry entry, long atMs) {
    return entry.getEffectiveFrom().toEpochMilli() <= atMs
        && (entry.getEffectiveTo() == null || atMs < entry.getEffectiveTo().toEpochMilli());
  }

  /** Why a trace does not go into accounts of a list; null when the list says nothing of that. */
  private static End endOf(ListKind list) {
    return switch (list) {
      case POOLED -> End.POOLED;
      case HUB -> End.HUB;
      case CRYPTO_OTC -> End.CRYPTO;
      case PROTECTED -> End.PUBLIC;
      case LISTED_ACCOUNT, LISTED_HOLDER, FRAUD_NUMBER -> null;
    };
  }
}
