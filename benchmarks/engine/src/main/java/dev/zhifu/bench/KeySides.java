package dev.zhifu.bench;

import dev.zhifu.rules.features.StepKeys;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.TelecomEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Under which key, on which sides, a stock operator sees an event: written apart from the engine's
 * router, whose routes the comparison of hits then checks.
 */
final class KeySides {
  private KeySides() {}

  /** The sides on which some key of that kind stands in the event. */
  static List<Side> of(EnrichedEvent event, KeyKind kind) {
    List<Side> sides = new ArrayList<>(2);
    for (Side side : Side.values()) {
      if (key(new EventView(event, side), kind) != null) {
        sides.add(side);
      }
    }
    return sides;
  }

  /** The key of that kind on the view's side; null when there is none or it is pooled. */
  static String key(EventView view, KeyKind kind) {
    Object body = view.event().getEvent();
    Side side = view.side();
    if (body instanceof BankTransaction transaction) {
      return ofTransaction(transaction, kind, side);
    }
    if (body instanceof TelecomEvent telecom) {
      return ofTelecom(telecom, kind, side);
    }
    if (side != Side.SUBJECT) {
      return null;
    }
    BankAccessEvent access = (BankAccessEvent) body;
    return kind == KeyKind.DEVICE ? access.getDeviceToken() : ofAccount(access.getAccount(), kind);
  }

  private static String ofTelecom(TelecomEvent telecom, KeyKind kind, Side side) {
    if (side == Side.PEER) {
      boolean other = !telecom.getNumberToken().equals(telecom.getPeerToken());
      return kind == KeyKind.NUMBER && other ? telecom.getPeerToken() : null;
    }
    if (side != Side.SUBJECT) {
      return null;
    }
    return switch (kind) {
      case HOLDER -> telecom.getHolderToken();
      case NUMBER -> telecom.getNumberToken();
      case ACCOUNT, DEVICE, MERCHANT, ATM, PAIR -> null;
    };
  }

  private static String ofTransaction(BankTransaction transaction, KeyKind kind, Side side) {
    AccountRef payer = transaction.getPayer();
    AccountRef payee = transaction.getPayee();
    return switch (side) {
      case DEBIT ->
          kind == KeyKind.PAIR && payer != null && payee != null
              ? payer.getAccountToken() + '|' + payee.getAccountToken()
              : ofAccount(payer, kind);
      case CREDIT ->
          kind == KeyKind.MERCHANT ? transaction.getMerchantId() : ofAccount(payee, kind);
      case PEER -> null;
      case SUBJECT ->
          switch (kind) {
            case DEVICE -> transaction.getDeviceToken();
            case ATM -> transaction.getAtmId();
            case HOLDER, ACCOUNT, NUMBER, MERCHANT, PAIR -> null;
          };
    };
  }

  private static String ofAccount(AccountRef account, KeyKind kind) {
    if (account == null || account.getKind() == AccountKind.POOLED) {
      return null;
    }
    return switch (kind) {
      case HOLDER -> StepKeys.holderOf(account);
      case ACCOUNT -> account.getAccountToken();
      case DEVICE, NUMBER, MERCHANT, ATM, PAIR -> null;
    };
  }
}
