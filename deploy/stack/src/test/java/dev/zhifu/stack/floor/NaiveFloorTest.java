package dev.zhifu.stack.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NaiveFloorTest {
  private static final Instant T0 = Instant.parse("2024-03-01T00:00:00Z");
  private static final long HOUR = 3_600_000;

  @TempDir private Path folder;
  private final List<Movement> movements = new ArrayList<>();

  @Test
  void fiveCounterpartiesInTheWindowMakeAFanAndFourDoNot() {
    for (int i = 0; i < 4; i++) {
      pay(i, "payer" + i, "hub", 10);
    }
    pay(5, "payer0", "hub", 10);
    assertThat(run(24).get(NaiveRule.FAN_IN).accounts()).isEmpty();

    pay(6, "payer4", "hub", 10);

    assertThat(run(24).get(NaiveRule.FAN_IN).accounts()).containsExactly("hub");
    assertThat(run(24).get(NaiveRule.FAN_IN).transactions().cardinality()).isEqualTo(6);
    assertThat(run(4).get(NaiveRule.FAN_IN).accounts()).isEmpty();
  }

  @Test
  void theWindowHoldsWhatLiesExactlyAtItsEdge() {
    for (int i = 0; i < 5; i++) {
      pay(i, "hub", "payee" + i, 10);
    }

    assertThat(run(4).get(NaiveRule.FAN_OUT).transactions().cardinality()).isEqualTo(5);
    assertThat(run(3).get(NaiveRule.FAN_OUT).transactions().cardinality()).isZero();
  }

  @Test
  void eightyPercentOutWithinTwoHoursPassesThrough() {
    pay(0, "victim", "mule", 100);
    pay(2, "mule", "drop", 80);
    pay(3, "victim", "slow", 100);
    pay(6, "slow", "drop", 100);
    pay(7, "victim", "honest", 100);
    pay(8, "honest", "shop", 79.99);

    Flags found = run(24).get(NaiveRule.PASS_THROUGH);

    assertThat(found.accounts()).containsExactly("mule");
    assertThat(found.transactions().stream().boxed()).containsExactly(0, 1);
  }

  @Test
  void threeTransfersOfGrowingTimeCloseACycleAndTwoDoNot() {
    pay(0, "a", "b", 10);
    pay(1, "b", "c", 10);
    pay(2, "c", "b", 10);
    assertThat(run(24).get(NaiveRule.CYCLE).accounts()).isEmpty();

    pay(3, "c", "a", 10);

    Flags found = run(24).get(NaiveRule.CYCLE);
    assertThat(found.accounts()).containsExactly("a");
    assertThat(found.transactions().stream().boxed()).contains(0, 1, 3);
    assertThat(run(2).get(NaiveRule.CYCLE).accounts()).isEmpty();
  }

  @Test
  void figuresOfASmallSetCountedByHand() throws IOException {
    write(
        "town_txns.csv.gz",
        "txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type",
        "t1,2024-03-01T00:00:00Z,v,B,m,B,100.00,CNY,ONLINE,TRANSFER",
        "t2,2024-03-01T01:00:00Z,m,B,d,B,90.00,CNY,ATM,CASH_OUT",
        "t3,2024-03-01T02:00:00Z,x,B,y,B,50.00,CNY,ONLINE,TRANSFER",
        "t4,2024-03-01T03:00:00Z,y,B,z,B,50.00,CNY,ONLINE,TRANSFER");
    write(
        "town_labels.csv.gz",
        "txnId,illicit,typology,caseId,role",
        "t1,1,mule,1,in",
        "t2,1,mule,1,out",
        "t3,0,rent,,decoy");

    NaiveFloor floor = NaiveFloor.of(folder, "town", List.of(24), 5).get(0);

    FloorLine line = floor.lines().get(2);
    assertThat(line.rule()).isEqualTo("pass_through");
    assertThat(line.precision()).isEqualTo(0.5);
    assertThat(line.recall()).isEqualTo(1);
    assertThat(line.f1()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(line.accountsPer10k()).isCloseTo(2 * 10_000 / 6.0, within(1e-9));
    assertThat(floor.lines().get(0).precision()).isNull();
    assertThat(floor.sha256()).containsOnlyKeys("town_txns.csv.gz", "town_labels.csv.gz");
  }

  @Test
  void aFaultyFileIsNamedWithItsLine() throws IOException {
    write("bad_txns.csv.gz", "txnId,ts,payerAccount", "t1,2024-03-01T00:00:00Z");

    assertThatThrownBy(() -> NaiveFloor.of(folder, "bad", List.of(24), 5))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("bad_txns.csv.gz:2: write 3 plain values");
    assertThatThrownBy(() -> NaiveFloor.sets(Files.createDirectory(folder.resolve("empty"))))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("holds no file NAME_txns.csv.gz");
  }

  private Map<NaiveRule, Flags> run(int hours) {
    return NaiveRules.run(movements, hours * HOUR, 5);
  }

  private void pay(int hour, String payer, String payee, double yuan) {
    movements.add(
        new Movement(
            movements.size(), T0.toEpochMilli() + hour * HOUR, payer, payee, yuan, "TRANSFER"));
  }

  private void write(String name, String... lines) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
