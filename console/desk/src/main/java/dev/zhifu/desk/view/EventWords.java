package dev.zhifu.desk.view;

import dev.zhifu.desk.words.Words;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;

/** Events in plain words. */
public final class EventWords {
  private EventWords() {}

  /** One line about one event. */
  public static String of(EnrichedEvent enriched, Words words) {
    if (enriched.getEvent() instanceof BankTransaction moved) {
      return moved(moved, words);
    }
    if (enriched.getEvent() instanceof BankAccessEvent access) {
      return words.t(
          "event.access",
          words.t("access." + access.getKind()),
          account(access.getAccount()),
          words.t("channel." + access.getChannel()));
    }
    return telecom((TelecomEvent) enriched.getEvent(), words);
  }

  /** One line about one movement of money. */
  public static String moved(BankTransaction moved, Words words) {
    return words.t(
        "event.moved",
        words.t("phase." + moved.getPhase()),
        words.t("kind." + moved.getKind()),
        words.yuan(moved.getAmountFen()),
        moved.getPayer() == null ? words.t("event.cash") : account(moved.getPayer()),
        moved.getPayee() == null ? words.t("event.cash") : account(moved.getPayee()),
        words.t("channel." + moved.getChannel()));
  }

  private static String telecom(TelecomEvent signal, Words words) {
    StringBuilder text = new StringBuilder(words.t("telecom." + signal.getKind()));
    if (signal.getPeerToken() != null) {
      text.append(words.t(signal.getIncoming() ? "event.from" : "event.to"))
          .append(words.t("prefix." + signal.getPeerPrefix()));
    } else if (signal.getPeerPrefix() != PrefixClass.UNKNOWN) {
      text.append(' ').append(words.t("prefix." + signal.getPeerPrefix()));
    }
    if (Boolean.TRUE.equals(signal.getFirstContact())) {
      text.append(words.t("event.firstContact"));
    }
    if (signal.getAppClass() != AppClass.NONE) {
      text.append(' ').append(words.t("app." + signal.getAppClass()));
    }
    if (signal.getSmsClass() != SmsClass.NONE) {
      text.append(' ').append(words.t("sms." + signal.getSmsClass()));
    }
    if (signal.getDurationSeconds() != null) {
      text.append(words.t("event.seconds", signal.getDurationSeconds()));
    }
    return text.toString();
  }

  private static String account(AccountRef account) {
    return Words.account(account.getBank(), account.getAccountToken());
  }
}
