package dev.zhifu.stack.demo;

import dev.zhifu.schemas.crypto.AuthorisationSubject;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.KeySigner;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.workload.OfficerActDraft;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the demo's officers sign: every act with its officer's own DEMO key, and an order's fields
 * besides.
 */
public final class OfficerDesk {
  private final Map<String, KeySigner> signers = new HashMap<>();

  /**
   * The act, signed.
   *
   * @param draft what the officer decided
   * @param request the request it is about; needed for SIGN_ORDER, else null
   * @throws CryptoException when the demo has no such officer, or the request can become no order
   */
  public OfficerAct sign(OfficerActDraft draft, StopPaymentRequest request) {
    OfficerAct act = unsigned(draft);
    KeySigner signer = signers.computeIfAbsent(draft.officerId(), DemoKeys::person);
    if (draft.kind() != ActKind.SIGN_ORDER) {
      return Signatures.sign(act, signer);
    }
    if (request == null) {
      throw new CryptoException(
          "act " + draft.actId() + " signs an order whose request is not known");
    }
    return Signatures.signOrder(act, AuthorisationSubject.of(request), signer);
  }

  /**
   * False for a signature that a desk would not offer: the request has no ciphertext, or not yet
   * the bank's own id of the transfer, and so can become no order.
   */
  public static boolean mayAct(OfficerActDraft draft, StopPaymentRequest request) {
    return draft.kind() != ActKind.SIGN_ORDER
        || (request != null
            && request.getBankTransactionId() != null
            && request.getTarget().getCipher() != null);
  }

  private static OfficerAct unsigned(OfficerActDraft draft) {
    return OfficerAct.newBuilder()
        .setActId(draft.actId())
        .setKind(draft.kind())
        .setOfficerId(draft.officerId())
        .setRole(draft.role())
        .setAt(draft.at())
        .setObjectId(draft.objectId())
        .setAccountToken(draft.accountToken())
        .setReason(draft.reason())
        .setReport(draft.report())
        .setDocuments(documents(draft))
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }

  /** Who accepts a report has its form and the victim's identity document before him. */
  private static List<String> documents(OfficerActDraft draft) {
    return draft.report() == null
        ? List.of()
        : List.of("form:" + draft.report().getReportId(), "id:" + draft.report().getReportId());
  }
}
