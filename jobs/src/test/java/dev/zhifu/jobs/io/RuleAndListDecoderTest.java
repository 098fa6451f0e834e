package dev.zhifu.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ActionControl;
import dev.zhifu.wire.ActionControlKind;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import dev.zhifu.wire.SubjectKind;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleAndListDecoderTest {
  private static final String TOPIC = "rules.publications";

  @TempDir private Path folder;

  @Test
  void aPublicationUnderItsApproversSignatureIsInForce() throws Exception {
    RulePublication signed = signed(draft(PublicationStatus.LIVE));

    assertThat(decoded(Environment.DEMO, Wire.raw(TOPIC, 0, signed)).out())
        .containsExactly(RouterControl.of(signed, TOPIC + ":0:0"));
  }

  @Test
  void aForgedPublicationIsAnsweredWithItsPlaceAndTheReason() throws Exception {
    RulePublication alone = draft(PublicationStatus.LIVE);
    alone.setAuthor(DemoKeys.APPROVER);
    alone =
        Signatures.sign(
            Signatures.signText(alone, DemoKeys.person(DemoKeys.APPROVER)),
            DemoKeys.person(DemoKeys.APPROVER));
    List<RuleStatus> said =
        Decoding.aside(
            new RuleAndListDecoder(Wire::codec, keys(), Environment.DEMO),
            RuleAndListDecoder.REFUSED,
            Wire.raw(TOPIC, 7, alone));

    assertThat(said).hasSize(1);
    RuleStatus status = said.get(0);
    assertThat(status.getStatus()).isEqualTo(RuleStatusKind.REFUSED);
    assertThat(status.getPosition()).isEqualTo(TOPIC + ":0:7");
    assertThat(status.getReason()).contains("another person approves what goes live");
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
  void limitsAndSuppressionsBecomeCurbs() throws Exception {
    ActionControl limit =
        Signatures.sign(control(ActionControlKind.LIMIT), DemoKeys.person(DemoKeys.APPROVER));
    ActionControl suppression =
        Signatures.sign(
            control(ActionControlKind.SUPPRESS), DemoKeys.person(DemoKeys.FIRST_OFFICER));
    ActionControl forged = Signatures.sign(suppression, DemoKeys.person(DemoKeys.APPROVER));

    Decoding<RouterControl> decoded =
        decoded(
            Environment.DEMO,
            Wire.raw("action.controls", 0, limit),
            Wire.raw("action.controls", 1, suppression),
            Wire.raw("action.controls", 2, forged));

    long now = Wire.T0.toEpochMilli();
    assertThat(decoded.out())
        .containsExactly(
            RouterControl.of(Curb.limit("limit:T02", "T02", 10, 60_000, now)),
            RouterControl.of(
                Curb.suppress(
                    "suppress:HOLDER:h1", SubjectKind.HOLDER, "h1", now + 3_600_000, now)));
    assertThat(decoded.dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.BAD_SIGNATURE);
  }

  @Test
  void anyOfficerPullsTheKillSwitchAndOnlyTheHeadTakesItBack() throws Exception {
    Decoding<RouterControl> decoded =
        decoded(
            Environment.DEMO,
            Wire.raw("officer.acts", 0, act(ActKind.KILL_SWITCH, DemoKeys.FIRST_OFFICER)),
            Wire.raw("officer.acts", 1, act(ActKind.REVIVE, DemoKeys.FIRST_OFFICER)),
            Wire.raw("officer.acts", 2, act(ActKind.REVIVE, DemoKeys.AUTHORISER)),
            Wire.raw("officer.acts", 3, act(ActKind.RELEASE, DemoKeys.FIRST_OFFICER)));

    long now = Wire.T0.toEpochMilli();
    assertThat(decoded.out())
        .containsExactly(
            RouterControl.of(Curb.kill("act-KILL_SWITCH", now)),
            RouterControl.of(Curb.revive("act-REVIVE", now)));
    assertThat(decoded.dead())
        .extracting(DeadLetter::getExplanation)
        .singleElement()
        .asString()
        .contains("only an authorising officer may");
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

    assertThat(decoded.out()).containsExactly(RouterControl.of(signed, TOPIC + ":0:3"));
    assertThat(decoded.dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.UNDECODABLE, DeadLetterReason.UNKNOWN_SCHEMA_ID);
  }

  private Decoding<RouterControl> decoded(Environment environment, RawRecord... records)
      throws Exception {
    return Decoding.of(
        new RuleAndListDecoder(Wire::codec, keys(), environment), RuleAndListDecoder.DEAD, records);
  }

  private String keys() throws Exception {
    return Files.writeString(folder.resolve("directory.yaml"), DemoKeys.text("directory.yaml"))
        .toString();
  }

  private static ActionControl control(ActionControlKind kind) {
    boolean limit = kind == ActionControlKind.LIMIT;
    return new ActionControl(
        limit ? "limit:T02" : "suppress:HOLDER:h1",
        kind,
        limit ? "T02" : null,
        limit ? 10 : 0,
        limit ? 60_000L : 0L,
        limit ? null : SubjectKind.HOLDER,
        limit ? null : "h1",
        limit ? null : Wire.T0.plusSeconds(3600),
        Wire.T0,
        limit ? DemoKeys.APPROVER : DemoKeys.FIRST_OFFICER,
        "test",
        null,
        null);
  }

  private static OfficerAct act(ActKind kind, String officer) {
    return Signatures.sign(
        OfficerAct.newBuilder()
            .setActId("act-" + kind)
            .setKind(kind)
            .setOfficerId(officer)
            .setRole("HEAD")
            .setAt(Wire.T0)
            .setObjectId("engine")
            .setReason("drill")
            .setDocuments(List.of())
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build(),
        DemoKeys.person(officer));
  }

  private static RulePublication signed(RulePublication draft) {
    return Signatures.sign(
        Signatures.signText(draft, DemoKeys.person(DemoKeys.AUTHOR)),
        DemoKeys.person(DemoKeys.APPROVER));
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
