package dev.zhifu.jobs.backtest;

import static dev.zhifu.jobs.backtest.CsvText.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
  @TempDir private Path folder;

  @Test
  void headersTellTransactionsFromAccountsFromSubscribers() throws IOException {
    Path transactions =
        write(
            folder,
            "t.csv",
            "txnId,illicit,typology,caseId,role",
            "t1,1,fan_in,7,main",
            "t2,0,benign_merchant,,decoy");
    Path accounts = write(folder, "a.csv", "account,illicit,note", "a,1,random|cycle*", "b,0,");

    Path subscribers = write(folder, "s.csv", "subscriber,fraud", "n1,1", "n2,0");

    Labels labels = Labels.read(List.of(accounts, transactions, subscribers));

    assertThat(labels.transactions().get("t1"))
        .isEqualTo(new Labels.Transaction(true, "fan_in", "fan_in:7"));
    assertThat(labels.transactions().get("t2"))
        .isEqualTo(new Labels.Transaction(false, "benign_merchant", null));
    assertThat(labels.accounts().get("a"))
        .isEqualTo(new Labels.Account(true, Set.of("random", "cycle")));
    assertThat(labels.accounts().get("b")).isEqualTo(new Labels.Account(false, Set.of()));
    assertThat(labels.subscribers()).containsEntry("n1", true).containsEntry("n2", false);
  }

  @Test
  void whatLabelsNothingIsRefused() throws IOException {
    Path file = write(folder, "x.csv", "customer,fraud", "s,1");

    assertThatThrownBy(() -> Labels.read(List.of(file)))
        .hasMessageContaining(
            "x.csv labels neither transactions nor accounts nor subscribers; its header must name txnId,");
  }

  @Test
  void aLabelIsOneOrZero() throws IOException {
    Path file =
        write(folder, "t.csv", "txnId,illicit,typology,caseId,role", "t1,yes,fan_in,7,main");

    assertThatThrownBy(() -> Labels.read(List.of(file)))
        .hasMessageContaining("t.csv:2: illicit is 'yes'; write 1 or 0");
  }
}
