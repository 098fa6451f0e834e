package dev.zhifu.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleAndListDecoderTest {
  private static final String TOPIC = "rules.publications";

  @TempDir private Path folder;

  @Test
  void aPublicationUnderItsApproversSignatureIsInForce() throws Exception {
    RulePublication signed = signed(draft(PublicationStatus.LIVE));

    assertThat(decoded(Environment.DEMO, Wire.raw(TOPIC, 0, signed)).out())
        .containsExactly(RouterControl.of(signed));
  }

  @Test
  void aTextThatWasChangedAfterSigningIsForged() throws Exception {
    RulePublication forged = signed(draft(PublicationStatus.LIVE));
    forged.setDocument("weight: 1.0");
    forged.setDocumentSha256(Sha256.hex("weight: 1.0"));

    Decoding<RouterControl> decoded = decoded(Environment.DEMO, Wire.raw(TOPIC, 0, forged));

    assertThat(decoded.out()).isEmpty();
    assertThat(decoded.dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.BAD_SIGNATURE);
  }

  @Test
  void anUnsignedPublicationIsForged() throws Exception {
    assertThat(decoded(Environment.DEMO, Wire.raw(TOPIC, 0, draft(PublicationStatus.LIVE))).dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.BAD_SIGNATURE);
  }

  @Test
  void anOfficersSignatureIsNotAnApprovers() throws Exception {
    RulePublication signed =
        Signatures.sign(draft(PublicationStatus.LIVE), DemoKeys.person(DemoKeys.FIRST_OFFICER));

    assertThat(decoded(Environment.DEMO, Wire.raw(TOPIC, 0, signed)).dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.BAD_SIGNATURE);
  }

  @Test
  void theDemosApproverCountsForNothingInProduction() throws Exception {
    assertThat(
            decoded(
                    Environment.PRODUCTION,
                    Wire.raw(TOPIC, 0, signed(draft(PublicationStatus.LIVE))))
                .dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.BAD_SIGNATURE);
  }

  @Test
  void aDraftNeedsNoSignature() throws Exception {
    assertThat(decoded(Environment.DEMO, Wire.raw(TOPIC, 0, draft(PublicationStatus.DRAFT))).out())
        .hasSize(1);
  }

  @Test
  void listEntriesPassAndTheEndIsReady() throws Exception {
    ListEntry entry =
        new ListEntry(
            "e1",
            ListKind.POOLED,
            ListSubject.ACCOUNT,
            "shop",
            Wire.T0,
            null,
            "settlement",
            "city");

    assertThat(decoded(Environment.DEMO, Wire.raw("list.entries", 0, entry), RawRecord.END).out())
        .containsExactly(RouterControl.of(entry), RouterControl.ready());
  }

  @Test
  void whatCannotBeReadIsTurnedAwayAndTheNextIsRead() throws Exception {
    RulePublication signed = signed(draft(PublicationStatus.LIVE));

    Decoding<RouterControl> decoded =
        decoded(
            Environment.DEMO,
            Wire.raw(TOPIC, 0, Wire.GARBAGE),
            Wire.raw(TOPIC, 1, (byte[]) null),
            Wire.raw(TOPIC, 2, Wire.UNKNOWN_ID),
            Wire.raw(TOPIC, 3, signed));

    assertThat(decoded.out()).containsExactly(RouterControl.of(signed));
    assertThat(decoded.dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.UNDECODABLE, DeadLetterReason.UNKNOWN_SCHEMA_ID);
  }

  private Decoding<RouterControl> decoded(Environment environment, RawRecord... records)
      throws Exception {
    Path keys =
        Files.writeString(folder.resolve("directory.yaml"), DemoKeys.text("directory.yaml"));
    return Decoding.of(
        new RuleAndListDecoder(Wire::codec, keys.toString(), environment),
        RuleAndListDecoder.DEAD,
        records);
  }

  private static RulePublication signed(RulePublication draft) {
    return Signatures.sign(draft, DemoKeys.person(DemoKeys.APPROVER));
  }

  private static RulePublication draft(PublicationStatus status) {
    String text = "id: T02";
    return RulePublication.newBuilder()
        .setRuleId("T02")
        .setVersion(1)
        .setStatus(status)
        .setDocument(text)
        .setDocumentSha256(Sha256.hex(text))
        .setEffectiveFrom(Wire.T0)
        .setAuthor("author-1")
        .setApprover(DemoKeys.APPROVER)
        .setReason("first version")
        .build();
  }
}
