package dev.zhifu.bank.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of a reconciliation file: a message of the centre with its answer, or what the bank has
 * posted itself as {@link #posted} makes it.
 *
 * @param stream orders, holds or releases; reports, moves or appeals of what the bank has posted
 * @param id order id or hold id; of a release as {@link #release} makes it; of what the bank has
 *     posted its own id, the Idempotency-Key
 * @param offset of the message; 0 of what the bank has posted
 * @param accountToken its account; empty of what the bank has posted
 * @param answer the newest answer that the centre has; empty without one; of what the bank has
 *     posted the id that the centre gave it
 * @param answeredAt bank's time of it; empty without one; of what the bank has posted the centre's
 *     time, to whose day it belongs
 */
public record Reconciliation(
    String stream, String id, long offset, String accountToken, String answer, String answeredAt) {
  /** First line of the CSV form. */
  public static final String HEAD = "stream,id,offset,accountToken,answer,answeredAt";

  private static final Set<String> POSTS = Set.of("reports", "moves", "appeals");

  /**
   * The line of what the bank has posted itself.
   *
   * @param stream reports, moves or appeals
   * @param key Idempotency-Key that it was posted under
   * @param id that the centre's answer named
   * @param takenAt that the centre's answer named
   */
  public static Reconciliation posted(String stream, String key, String id, String takenAt) {
    return new Reconciliation(stream, key, 0, "", id, takenAt);
  }

  /** Id of a release's line, which is not that of its order. */
  public static String release(String orderId) {
    return orderId + "-release";
  }

  /** As CSV; no value needs quotes. */
  public String csv() {
    return String.join(",", stream, id, Long.toString(offset), accountToken, answer, answeredAt);
  }

  /**
   * Reads a CSV form.
   *
   * @throws IllegalArgumentException naming the line that is none
   */
  public static List<Reconciliation> parse(List<String> lines) {
    List<Reconciliation> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || i == 0 && line.equals(HEAD)) {
        continue;
      }
      String[] parts = line.split(",", -1);
      if (parts.length != 6 || !parts[2].matches("-?[0-9]+")) {
        throw new IllegalArgumentException(
            "line " + (i + 1) + " is '" + line + "'; it has the fields " + HEAD);
      }
      all.add(
          new Reconciliation(
              parts[0], parts[1], Long.parseLong(parts[2]), parts[3], parts[4], parts[5]));
    }
    return all;
  }

  /** Every difference between the centre's lines and the bank's, one sentence each. */
  public static List<String> differences(List<Reconciliation> centre, List<Reconciliation> bank) {
    Map<String, Reconciliation> theirs = new LinkedHashMap<>();
    List<String> found = new ArrayList<>();
    for (Reconciliation line : bank) {
      if (theirs.put(line.key(), line) != null) {
        found.add(line.key() + ": twice in the bank's file");
      }
    }
    for (Reconciliation ours : centre) {
      Reconciliation other = theirs.remove(ours.key());
      if (other == null) {
        found.add(
            ours.key()
                + (ours.isPost()
                    ? ": taken by the centre, missing at the bank"
                    : ": sent by the centre, missing at the bank"));
        continue;
      }
      if (!ours.accountToken.equals(other.accountToken)) {
        found.add(
            ours.key()
                + ": account "
                + ours.accountToken
                + " at the centre, "
                + other.accountToken
                + " at the bank");
      }
      if (!ours.answer.equals(other.answer)) {
        found.add(
            ours.key()
                + (ours.isPost() ? ": id " : ": answer ")
                + orNone(ours.answer)
                + " at the centre, "
                + orNone(other.answer)
                + " at the bank");
      } else if (!ours.answeredAt.equals(other.answeredAt)) {
        found.add(
            ours.key()
                + (ours.isPost() ? ": taken " : ": answered ")
                + ours.answeredAt
                + " at the centre, "
                + other.answeredAt
                + " at the bank");
      }
    }
    theirs
        .values()
        .forEach(
            line ->
                found.add(
                    line.key()
                        + (line.isPost()
                            ? ": at the bank, never taken by the centre; post it again under the"
                                + " same Idempotency-Key"
                            : ": at the bank, never sent by the centre")));
    return found;
  }

  private String key() {
    return stream + " " + id + (isPost() ? "" : " offset " + offset);
  }

  private boolean isPost() {
    return POSTS.contains(stream);
  }

  private static String orNone(String answer) {
    return answer.isEmpty() ? "none" : answer;
  }
}
