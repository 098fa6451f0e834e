package dev.zhifu.rules.scenario;

import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import java.time.Instant;
import java.util.List;

/**
 * A row that puts somebody on a list: {@code list=CRYPTO_OTC}, and {@code lasts=+2d} if it ends.
 */
final class ListRow {
  private static final String KEEPER = "scenario";

  private ListRow() {}

  static ListEntry read(Cast cast, String id, String who, long at, Details details)
      throws RowException {
    ListKind list = details.constant("list", ListKind.class, ListKind.LISTED_ACCOUNT);
    ListSubject subject = details.constant("subject", ListSubject.class, usual(list));
    String lasts = details.value("lasts");
    details.refuseRest("listed");
    if (lasts != null && !Offsets.isOffset(lasts)) {
      throw new RowException("lasts is " + lasts, "write an offset such as +2d");
    }
    String token = token(cast, subject, who);
    return ListEntry.newBuilder()
        .setEntryId(String.join(":", List.of(list.name(), subject.name(), token)))
        .setList(list)
        .setSubject(subject)
        .setToken(token)
        .setEffectiveFrom(Instant.ofEpochMilli(at))
        .setEffectiveTo(lasts == null ? null : Instant.ofEpochMilli(at + Offsets.parse(lasts)))
        .setReason(id)
        .setSource(KEEPER)
        .build();
  }

  private static ListSubject usual(ListKind list) {
    return switch (list) {
      case LISTED_HOLDER -> ListSubject.HOLDER;
      case FRAUD_NUMBER -> ListSubject.NUMBER;
      case POOLED, HUB, PROTECTED, LISTED_ACCOUNT, CRYPTO_OTC -> ListSubject.ACCOUNT;
    };
  }

  private static String token(Cast cast, ListSubject subject, String who) {
    return switch (subject) {
      case ACCOUNT -> cast.reference(who).getAccountToken();
      case HOLDER -> cast.holder(who);
      case NUMBER -> cast.number(who);
      case MERCHANT -> cast.plain(who);
    };
  }
}
