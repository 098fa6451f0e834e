package dev.zhifu.jobs.backtest;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Truth beside the transactions: {@code txnId,illicit,typology,caseId,role}. What is not listed is legitimate.
 *
 * @param byTransaction label by transaction id
 */
record Labels(Map<String, Label> byTransaction) {

  /**
   * One label.
   *
   * @param illicit false marks a benign look-alike
   * @param typology what it is
   * @param caseId case it belongs to; the transaction's own id when the file gives none
   * @param role its role in the case
   */
  record Label(boolean illicit, String typology, String caseId, String role) {}

  static Labels none() {
    return new Labels(Map.of());
  }

  static Labels read(Path file) {
    Map<String, Label> labels = new HashMap<>();
    var rows = CsvFile.open(file, List.of("txnId", "illicit", "typology", "caseId", "role"));
    while (rows.hasNext()) {
      Map<String, String> row = rows.next();
      String id = row.get("txnId");
      String caseId = row.get("caseId");
      labels.put(
          id,
          new Label(
              row.get("illicit").equals("1"),
              row.get("typology"),
              caseId == null || caseId.isEmpty() ? id : row.get("typology") + ":" + caseId,
              row.get("role")));
    }
    return new Labels(labels);
  }

  /** Illicit cases in file order: case id to its label of first sight. */
  Map<String, Label> cases() {
    Map<String, Label> cases = new LinkedHashMap<>();
    byTransaction.values().stream()
        .filter(Label::illicit)
        .forEach(label -> cases.putIfAbsent(label.caseId(), label));
    return cases;
  }
}
