package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.RulePublication;
import java.nio.ByteBuffer;

/**
 * Keys of the compacted topic rules.publications: one for each thing signed, so that compaction
 * forgets nothing but copies. Two records that differ in anything never share a key, or a refused
 * one would push out the one in force.
 */
public final class PublicationKeys {
  private static final int DIGITS = 16;

  private PublicationKeys() {}

  /** Rule id, version, effectiveFrom in milliseconds, and a hash of what was signed. */
  public static String of(RulePublication publication) {
    return publication.getRuleId()
        + ":"
        + publication.getVersion()
        + ":"
        + publication.getEffectiveFrom().toEpochMilli()
        + ":"
        + digest(publication);
  }

  private static String digest(RulePublication publication) {
    byte[] signed =
        new SignedBytes("zhifu-publication-key-v1")
            .text(publication.getStatus().name())
            .text(publication.getDocument())
            .text(publication.getAuthor())
            .optionalText(publication.getApprover())
            .text(publication.getReason())
            .optionalBytes(publication.getAuthorSignature())
            .optionalBytes(publication.getSignature())
            .toBytes();
    return Sha256.hex(ByteBuffer.wrap(signed)).substring(0, DIGITS);
  }
}
