package dev.zhifu.stack.demo;

import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.StandingAuthorisation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The standing authorisation of the demo, signed by the demo's authorising officer. Its limits are
 * invented for a city of 30,000; a centre sets its own with its legal office.
 */
public final class DemoAuthorisation {
  /** Topic of authorisations. */
  public static final String TOPIC = "stop.authorisations";

  private static final String ID = "demo-standing-1";

  /** A victim's accepted statement, and the rules that propose a stop or hold on their own. */
  private static final List<String> RULES =
      List.of(
          "REPORT", "V01", "V02", "V03", "V04", "V05", "V07", "V08", "V09", "V10", "M01", "M03",
          "M06", "M08", "M12", "T02");

  private final StandingAuthorisation signed;

  DemoAuthorisation(Instant from, Instant to) {
    this(from, to, 1);
  }

  /**
   * The same for a larger city.
   *
   * @param from start of the city's first live day
   * @param to end of its last
   * @param times how many times the limits of a city of 30,000, 1 or more
   */
  public DemoAuthorisation(Instant from, Instant to, int times) {
    StandingAuthorisation draft =
        StandingAuthorisation.newBuilder()
            .setAuthorisationId(ID)
            .setRevision(1)
            .setOfficerId(DemoKeys.AUTHORISER)
            .setRules(RULES)
            .setMinScore(0.8)
            .setMaxAmountFen(200_000_000)
            .setAccountKinds(List.of(AccountKind.PERSONAL))
            .setMaxOrdersPerHour(60 * times)
            .setMaxOrdersPerBankDay(60 * times)
            .setMaxOrdersPerDay(400 * times)
            .setMaxFenPerDay(5_000_000_000L * times)
            .setMaxFenPerHour(5_000_000_000L * times)
            .setMaxFenPerBankDay(5_000_000_000L * times)
            .setValidFrom(from.minus(Duration.ofHours(1)))
            .setValidTo(to.plus(Duration.ofDays(1)))
            .setLegalOpinion("DEMO-OPINION-1")
            .setRenewedAt(from)
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    this.signed = Signatures.sign(draft, DemoKeys.person(DemoKeys.AUTHORISER));
  }

  /** As the banks agreed to it. */
  StandingAuthorisation document() {
    return signed;
  }

  /** The officer is at the desk at {@code now}: without this, signing ends after 30 s. */
  public StandingAuthorisation renewed(Instant now) {
    return StandingAuthorisation.newBuilder(signed).setRenewedAt(now).build();
  }
}
