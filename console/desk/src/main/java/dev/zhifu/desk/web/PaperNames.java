package dev.zhifu.desk.web;

import dev.zhifu.desk.identities.Identities;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.words.Words;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.VaultPurpose;
import dev.zhifu.papers.RefundFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names and numbers of one paper: opened token by token for its case, each once and on record; what
 * the vault does not know is left for the hand.
 */
final class PaperNames {
  static final String BY_HAND = "＿＿＿＿＿＿";

  private final Identities identities;
  private final Person person;
  private final String caseId;
  private final String reason;
  private final String mark;
  private final Map<String, Optional<ClearIdentity>> opened = new HashMap<>();

  /**
   * @param environment where it is not PRODUCTION papers say so
   * @param reason why the person makes the paper, for the record
   */
  PaperNames(
      Identities identities,
      Words words,
      String environment,
      Person person,
      String caseId,
      String reason) {
    this.identities = identities;
    this.person = person;
    this.caseId = caseId;
    this.reason = reason;
    this.mark = environment.equals("PRODUCTION") ? "" : "【" + words.t("env." + environment) + "】";
  }

  /** What is no real decision says so on each page. */
  String marked(String number) {
    return mark + blank(number);
  }

  static String blank(String typed) {
    return typed.isBlank() ? BY_HAND : typed;
  }

  /** A token in clear; empty when the vault does not know it. */
  Optional<ClearIdentity> open(String token) {
    return opened.computeIfAbsent(
        token, unseen -> identities.open(person, token, caseId, VaultPurpose.PAPERS, reason));
  }

  /** What an earlier opening of the token has shown; empty when it was not opened. */
  Optional<ClearIdentity> known(String token) {
    return opened.getOrDefault(token, Optional.empty());
  }

  /** True when the token was asked for before: asking again costs nothing. */
  boolean asked(String token) {
    return opened.containsKey(token);
  }

  /** How many tokens were asked for. */
  int opened() {
    return opened.size();
  }

  /**
   * An account as papers name it.
   *
   * @param token its token; empty when none is known
   * @param bank its bank; empty when none is known
   * @param mayOpen false leaves name and number as they are known here
   */
  RefundFile.Account account(String token, String bank, boolean mayOpen) {
    Optional<ClearIdentity> clear = mayOpen ? open(token) : Optional.empty();
    return new RefundFile.Account(
        clear.map(ClearIdentity::name).filter(name -> !name.isEmpty()).orElse(BY_HAND),
        clear.map(ClearIdentity::value).orElse(token.isEmpty() ? BY_HAND : Words.brief(token)),
        bank.isEmpty() ? BY_HAND : bank);
  }
}
