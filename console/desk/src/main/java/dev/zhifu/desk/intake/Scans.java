package dev.zhifu.desk.intake;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Store;
import dev.zhifu.ingress.Vault;
import dev.zhifu.ingress.VaultPurpose;
import dev.zhifu.ingress.VaultRefusedException;
import dev.zhifu.ingress.VaultRequest;
import dev.zhifu.schemas.crypto.Sha256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Scans of application forms and of victims' documents. They show clear names, so they lie sealed
 * under the vault's key where there is a vault, each look is on record, and their bytes go after a
 * time. Their hashes stay: acceptances name them.
 */
public final class Scans {
  /** So long the bytes are kept, as messages to banks are; an engineering default. */
  public static final Duration KEPT = Duration.ofDays(400);

  /**
   * Scans that one statement forgets; a scan has up to {@value IntakeDesk#SCAN_BYTES_MAX} bytes.
   */
  static final int PORTION = 100;

  private static final RowMapper<Scan> SCAN =
      (row, context) ->
          new Scan(
              row.getString("attachment_id"),
              row.getString("report_id"),
              row.getString("kind"),
              row.getString("media_type"),
              row.getTimestamp("kept_at").toInstant(),
              row.getTimestamp("gone_at") != null);

  private final Store store;
  private final Vault vault;
  private final Audit audit;
  private final WallClock clock;
  private final Duration kept;

  /**
   * @param store where they lie
   * @param vault seals and opens them; null where this console has none: they then lie in clear
   * @param audit hears of every look
   * @param clock by which they are kept; people's days run on wall clocks
   * @param kept how long their bytes stay
   */
  public Scans(Store store, Vault vault, Audit audit, WallClock clock, Duration kept) {
    this.store = store;
    this.vault = vault;
    this.audit = audit;
    this.clock = clock;
    this.kept = kept;
  }

  /** Keeps a scan that a person has attached. */
  public void keep(String reportId, String kind, String mediaType, byte[] content) {
    keep(token(UUID.randomUUID().toString()), reportId, kind, mediaType, content);
  }

  /** Keeps a scan that a bank has sent; the same bytes for the same report are one. */
  public void keepOnce(String reportId, String kind, String mediaType, byte[] content) {
    String sha256 = Sha256.hex(ByteBuffer.wrap(content));
    keep(Sha256.hex(reportId + sha256).substring(0, 32), reportId, kind, mediaType, content);
  }

  private void keep(String token, String reportId, String kind, String mediaType, byte[] content) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.attachment (attachment_id, report_id, kind, media_type, sha256,
                      content, sealed, kept_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
                    """,
                    kind + "-" + token,
                    reportId,
                    kind,
                    mediaType,
                    Sha256.hex(ByteBuffer.wrap(content)),
                    vault == null ? content : vault.seal(token, content),
                    vault != null,
                    clock.get()));
  }

  /** What names a scan to the vault: the 32 hex digits of its id. */
  private static String token(String id) {
    return id.replaceFirst("^(form|id)-", "").replace("-", "");
  }

  /** Kinds of scans that a report has. */
  public List<String> kinds(String reportId) {
    return store.rows(
        (row, context) -> row.getString(1),
        "select distinct kind from own.attachment where report_id = ? order by 1",
        reportId);
  }

  /**
   * Kinds, ids and hashes of a report's scans, as acceptances name them and the tables know them.
   */
  public List<String> documents(String reportId) {
    return store.rows(
        (row, context) -> row.getString(1),
        "select kind || ':' || attachment_id || '#' || sha256 from own.attachment where report_id = ? order by 1",
        reportId);
  }

  /**
   * Scans of reports, the newest of each kind first. A report that a bank's answer about a masked
   * account has completed has those of the report that named the account.
   */
  public List<Scan> of(Collection<String> reportIds) {
    return reportIds.isEmpty()
        ? List.of()
        : store.rows(
            SCAN,
            """
            select w.report_id, a.attachment_id, a.kind, a.media_type, a.kept_at, a.gone_at
            from (select unnest(?::text[]) as report_id) w
            left join own.account_query q on q.report_id = w.report_id
            join own.attachment a on a.report_id = w.report_id or a.report_id = q.origin_id
            order by w.report_id, a.kind, a.kept_at desc, a.attachment_id\
            """,
            (Object) reportIds.toArray(String[]::new));
  }

  /**
   * Opens one scan of a report; the look is on record before it is shown.
   *
   * @return empty when the report has no such scan, or its bytes are gone
   * @throws ActException when the vault refuses, or it was sealed by a vault that is not here
   */
  public Optional<byte[]> open(Person person, String reportId, String scanId) {
    Optional<Scan> found =
        of(List.of(reportId)).stream()
            .filter(one -> one.id().equals(scanId) && !one.gone())
            .findFirst();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Sealed lying =
        store
            .row(
                (row, context) -> new Sealed(row.getBoolean("sealed"), row.getBytes("content")),
                "select sealed, content from own.attachment where attachment_id = ?",
                scanId)
            .orElseThrow();
    byte[] clear = lying.sealed ? unseal(person, found.get(), lying.content) : lying.content;
    audit.note(person.id(), "VIEW SCAN", reportId, scanId);
    return Optional.of(clear);
  }

  private byte[] unseal(Person person, Scan scan, byte[] sealed) {
    if (vault == null) {
      throw new ActException("scan.noVault");
    }
    try {
      return vault.open(
          new VaultRequest(token(scan.id()), scan.reportId(), VaultPurpose.DESK, person.id()),
          sealed,
          clock.get());
    } catch (VaultRefusedException e) {
      audit.note(person.id(), "SCAN REFUSED", scan.reportId(), e.getMessage());
      throw new ActException("scan.refused");
    }
  }

  /**
   * Forgets the bytes of what was kept long enough, but not while a case of its report is open;
   * answers how many scans it were.
   */
  public int forget() {
    Instant now = clock.get();
    int gone = 0;
    int portion = PORTION;
    while (portion == PORTION) {
      portion =
          store
              .jdbi()
              .withHandle(
                  handle ->
                      handle.execute(
                          """
                          update own.attachment set content = '', sealed = false, gone_at = ?
                          where attachment_id in (
                            select attachment_id from own.attachment a
                            where gone_at is null and kept_at < ? and not exists (
                              select 1 from seen.fraud_case c join seen.queue q using (case_id)
                              where c.report_id = a.report_id and q.is_open)
                            order by kept_at limit ?)\
                          """,
                          now,
                          now.minus(kept),
                          PORTION));
      gone += portion;
    }
    return gone;
  }

  private record Sealed(boolean sealed, byte[] content) {}

  /**
   * A scan, without its bytes.
   *
   * @param id names it in addresses; says nothing about a person
   * @param reportId the report that shows it
   * @param kind form or id
   * @param mediaType image/jpeg, image/png or application/pdf
   * @param keptAt when it came, by the wall clock
   * @param gone true once its bytes were kept long enough
   */
  public record Scan(
      String id, String reportId, String kind, String mediaType, Instant keptAt, boolean gone) {}
}
