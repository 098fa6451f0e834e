package dev.zhifu.schemas.audit;

import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.ChainHead;
import dev.zhifu.wire.LifeTransition;
import java.util.List;

/** Makes the next entry of a chain. */
public final class AuditChain {

  /** Hash before the first entry and before the first root. */
  public static final String NOTHING = "0".repeat(64);

  private AuditChain() {}

  /**
   * The entry of a transition, at the end of its case's chain.
   *
   * @param head newest entry of the chain; null at the first
   */
  public static AuditEntry next(ChainHead head, LifeTransition transition) {
    AuditEntry entry =
        AuditEntry.newBuilder()
            .setChain(transition.getCaseId())
            .setSequence(head == null ? 1 : head.getSequence() + 1)
            .setKind(transition.getKind())
            .setObjectId(transition.getObjectId())
            .setTransition(transition.getSequence())
            .setFromState(transition.getFromState())
            .setState(transition.getState())
            .setEvent(transition.getEvent())
            .setRole(transition.getRole())
            .setActor(transition.getActor())
            .setSecondActor(transition.getSecondActor())
            .setReason(transition.getReason())
            .setDocuments(List.copyOf(transition.getDocuments()))
            .setAuthorisation(transition.getAuthorisation())
            .setCause(transition.getCause())
            .setTickAt(transition.getTickAt())
            .setPreviousHash(head == null ? NOTHING : head.getHash())
            .setHash("")
            .build();
    entry.setHash(Signatures.hashOf(entry));
    return entry;
  }

  /** The head that {@code entry} makes. */
  public static ChainHead headOf(AuditEntry entry) {
    return new ChainHead(entry.getChain(), entry.getSequence(), entry.getHash());
  }
}
