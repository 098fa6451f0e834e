package dev.zhifu.desk.gateway;

import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.acts.TopicPen;
import dev.zhifu.desk.identities.Identities;
import dev.zhifu.desk.intake.Scans;
import dev.zhifu.desk.view.BankDirectory;
import dev.zhifu.desk.view.BankPages;
import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.Tokens;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What of the centre stands behind the gateway. Clear identities turn into tokens and ciphertexts
 * in this process, as at the ingress (docs/identity.md).
 *
 * @param tokens the centre's token key
 * @param sealer encrypts to the account-holding banks
 * @param directory banks by card prefix
 * @param identities keeps what tokens stand for
 * @param pen writes reports
 * @param ingress writes movements of money; null where a centre takes them in elsewhere
 * @param tick the engine's newest tick
 * @param appeals lodged by banks
 * @param figures how banks answer
 * @param scans of the forms and documents that banks send
 */
public record Centre(
    Tokens tokens,
    AccountSealer sealer,
    BankDirectory directory,
    Identities identities,
    TopicPen pen,
    TopicPen ingress,
    Supplier<Instant> tick,
    Appeals appeals,
    BankPages figures,
    Scans scans) {}
