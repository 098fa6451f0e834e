package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.EngineSigner;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyEntry;
import dev.zhifu.schemas.crypto.KeyRole;
import dev.zhifu.schemas.crypto.KeySigner;
import dev.zhifu.schemas.crypto.Sm2PrivateKey;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.UnsignedReason;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A PRODUCTION key made in memory beside the DEMO keys of officers. */
class DirectoryOrderKeysTest {

  private static final Sm2PrivateKey KEY = Sm2PrivateKey.ofHex("1234567890abcdef".repeat(4));

  private static OrderKeys production(Instant validTo) {
    KeyEntry entry =
        new KeyEntry(
            "city-engine-1",
            "engine",
            KeyRole.ENGINE,
            Environment.PRODUCTION,
            KEY.publicKey(),
            Instant.EPOCH,
            validTo);
    KeyDirectory directory = DemoKeys.directory().with(entry);
    return new DirectoryOrderKeys(EngineSigner.of(new KeySigner(entry, KEY), directory), directory);
  }

  private static OrderRun run(OrderKeys keys, Environment expected) {
    OrderRun run = new OrderRun(OrderSettings.defaults(expected), keys, SigningGuard.all());
    return run.readBack().tick(T0);
  }

  @Test
  void aDemoOfficerDecidesNothingInProduction() {
    OrderRun run = run(production(Instant.ofEpochMilli(T0 + DAY)), Environment.PRODUCTION);
    run.authorise(authorisation())
        .control(OrderControl.killSwitch(killSwitch(T0), "", 0))
        .propose(proposal());
    run.act(signature(run.last(), "act-sign", T0));

    assertThat(run.orders).isEmpty();
    assertThat(run.alarmKinds())
        .containsExactly(
            OrderAlarm.Kind.AUTHORISATION_REFUSED,
            OrderAlarm.Kind.ACT_REFUSED,
            OrderAlarm.Kind.ACT_REFUSED);
  }

  @Test
  void aProductionKeyInADrillSignsNothing() {
    OrderRun run =
        run(production(Instant.ofEpochMilli(T0 + DAY)), Environment.DRILL).propose(proposal());

    assertThat(run.last().getUnsigned()).contains(UnsignedReason.WRONG_ENVIRONMENT);
  }

  @Test
  void anEngineKeyThatNoLongerCountsSignsNothing() {
    OrderRun run =
        run(production(Instant.ofEpochMilli(T0)), Environment.PRODUCTION).propose(proposal());

    assertThat(run.last().getUnsigned()).contains(UnsignedReason.WRONG_ENVIRONMENT);
  }

  @Test
  void anOrderOfAnotherEnvironmentInTheRecordIsKeptOut() {
    OrderRun run = run(production(Instant.ofEpochMilli(T0 + DAY)), Environment.PRODUCTION);

    run.take(record(RecordStories.signedEarlier(MULE, 1), 0));

    assertThat(run.requests).isEmpty();
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.FORGED_RECORD);
  }
}
