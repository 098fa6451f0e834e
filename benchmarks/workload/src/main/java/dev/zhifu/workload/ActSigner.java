package dev.zhifu.workload;

import dev.zhifu.wire.OfficerAct;

/** Signs what an officer decided, with that officer's own key. */
public interface ActSigner {
  /**
   * @param draft the decision
   * @return the act with key id and signature, and for SIGN_ORDER the signature over the order
   */
  OfficerAct sign(OfficerActDraft draft);
}
