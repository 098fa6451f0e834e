package dev.zhifu.bank.check;

import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.bank.StopRelease;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.KeySigner;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.TransferDecision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The cases that are played over either way, in their order. */
final class Cases {
  /** Seconds that the bank's clock may be off ours; its own stop lies further back. */
  private static final long CLOCKS_APART = 300;

  private static final Duration TERM = Duration.ofHours(48);
  private static final KeySigner OFFICER = DemoKeys.person(DemoKeys.FIRST_OFFICER);

  private final List<Case> all = new ArrayList<>();

  private Cases() {}

  /** All of them. */
  static List<Case> all() {
    Cases cases = new Cases();
    cases.goodOrders();
    cases.latePaperwork();
    cases.fields();
    cases.forms();
    cases.trust();
    cases.copies();
    cases.holds();
    cases.releases();
    cases.manners();
    return List.copyOf(cases.all);
  }

  private void add(String id, String proves, String expected, String todo, Case.Trial trial) {
    all.add(new Case(id, proves, expected, todo, trial));
  }

  // --- orders that must be executed
  // -----------------------------------------------------------------

  private void goodOrders() {
    add(
        "O-01",
        "a good order stops the account and says so with balance, start and end",
        "STOPPED, balance 5080000, 48 h",
        "Place a credits-only stop at once; answer with the balance before it, the bank's own start"
            + " time, and that plus 48 h.",
        talk -> stopped(talk.ask(talk.good("O-01", Books.ORDINARY))));
    add(
        "O-02",
        "the receipt names order, application, account token and the hash of the payload received",
        "the same four",
        "Copy orderId, applicationId and accountToken from the payload; hash the payload's bytes as"
            + " they came, not a re-encoding.",
        talk -> {
          OrderEnvelope order = talk.good("O-02", Books.ORDINARY);
          StopPaymentOrder said = Envelopes.open(order);
          StopPaymentReceipt receipt = talk.ask(order);
          boolean same =
              receipt.getOrderId().equals(said.getOrderId())
                  && receipt.getApplicationId().equals(said.getApplicationId())
                  && receipt.getAccountToken().equals(said.getAccountToken())
                  && receipt.getPayloadSha256().equals(Envelopes.payloadSha256(order));
          return same ? "the same four" : "others: " + brief(receipt);
        });
    add(
        "O-03",
        "an empty account is stopped too",
        "STOPPED_ZERO, balance 0, 48 h",
        "Stop it all the same, so that what comes in later stays; result STOPPED_ZERO with balance"
            + " 0.",
        talk -> stopped(talk.ask(talk.good("O-03", Books.EMPTY))));
    add(
        "O-04",
        "a company's account is stopped when the order says 02",
        "STOPPED, balance 33000000, 48 h",
        "Compare accountType with the books: 01 personal, 02 corporate; both can be stopped.",
        talk -> stopped(talk.ask(talk.good("O-04", Books.COMPANY))));
    add(
        "O-05",
        "full-width letters and spaces in a name are spellings of one name",
        "STOPPED",
        "Normalise names with NFKC and take spaces out on both sides before comparing.",
        talk -> named(talk, "O-05", Books.ORDINARY, "王　小 明"));
    add(
        "O-06",
        "every middle dot is the same dot",
        "STOPPED",
        "Map U+2022, U+2027, U+22C5, U+30FB, U+FF65 and the full stop to U+00B7 before comparing"
            + " names.",
        talk -> named(talk, "O-06", Books.DOTTED, "买买提•艾力"));
    add(
        "O-07",
        "a time in the same second fits",
        "STOPPED",
        "Compare transfer times by the second; the order may carry other milliseconds than the"
            + " books.",
        talk ->
            changed(
                talk,
                "O-07",
                Books.ORDINARY,
                order -> order.setTransferTime(order.getTransferTime().plusMillis(900))));
    add(
        "O-08",
        "two orders on one account are two stops with an answer each",
        "STOPPED and STOPPED",
        "An order is known by its id, not by its account: a second one may extend the first.",
        talk ->
            talk.ask(talk.good("O-08a", Books.ORDINARY)).getResult()
                + " and "
                + talk.ask(talk.good("O-08b", Books.ORDINARY)).getResult());
  }

  private void latePaperwork() {
    add(
        "O-09",
        "late paperwork (04, 05) for a stop that the bank has made itself confirms that stop",
        "STOPPED, balance 3600000, 48 h, from the bank's own stop",
        "Look for your own stop on the account; answer with its start, its start plus 48 h and the"
            + " balance before it, and keep it under the order's id: a release names the order.",
        talk -> late(talk, "O-09", Books.OWN_STOPPED));
    add(
        "O-10",
        "late paperwork where the bank has no stop of its own any more stops the account now",
        "STOPPED, balance 5080000, 48 h, from now",
        "Without a stop of your own in force an order of type 04 or 05 is executed like a first one:"
            + " the four fields fit, and nothing keeps the money.",
        talk -> late(talk, "O-10", Books.ORDINARY));
  }

  private static String late(Talk talk, String name, Books.Entry entry) {
    StopPaymentOrder order = talk.draft(name, entry);
    Talk.latePaperwork(order);
    Instant asked = talk.now().minusSeconds(CLOCKS_APART);
    StopPaymentReceipt receipt = talk.ask(talk.sealed(talk.authorised(order)));
    boolean before = receipt.getStartTime() != null && receipt.getStartTime().isBefore(asked);
    return stopped(receipt) + (before ? ", from the bank's own stop" : ", from now");
  }

  // --- the four fields
  // ------------------------------------------------------------------------------

  private void fields() {
    add(
        "F-01",
        "another name is a mismatch, and nothing is stopped",
        "MISMATCH_NAME",
        "Open the ciphertext with your own key and compare the name with the books; on a mismatch"
            + " stop nothing.",
        talk -> named(talk, "F-01", Books.ORDINARY, "王小红"));
    add(
        "F-02",
        "a number that is not in the books is not found",
        "ACCOUNT_NOT_FOUND",
        "Look the number of the ciphertext up; answer ACCOUNT_NOT_FOUND and nothing else.",
        talk -> {
          StopPaymentOrder order = talk.draft("F-02", Books.ORDINARY);
          talk.naming(order, Books.ORDINARY.name(), "6217010000000999999");
          return result(talk, talk.authorised(order));
        });
    add(
        "F-03",
        "one fen less is a mismatch",
        "MISMATCH_AMOUNT",
        "Compare the amount with the booked credit in fen, exactly; never the balance.",
        talk ->
            changed(
                talk,
                "F-03",
                Books.ORDINARY,
                order -> order.setTransferAmountFen(order.getTransferAmountFen() - 1)));
    add(
        "F-04",
        "a time beyond any tolerance is a mismatch",
        "MISMATCH_TIME",
        "Compare with the booking time of that credit; the tolerance is 0 s unless you document"
            + " one, 120 s at most.",
        talk ->
            changed(
                talk,
                "F-04",
                Books.ORDINARY,
                order -> order.setTransferTime(order.getTransferTime().plusSeconds(121))));
    add(
        "F-05",
        "a credit that is not booked is a mismatch of the account",
        "MISMATCH_ACCOUNT",
        "Look the credit up by bankTransactionId; without it the order is about no transfer of"
            + " yours.",
        talk ->
            changed(
                talk, "F-05", Books.ORDINARY, order -> order.setBankTransactionId("CHECK-9999")));
    add(
        "F-06",
        "a credit of another account is a mismatch of the account",
        "MISMATCH_ACCOUNT",
        "The credit named must be booked on the account named; anything else would stop a"
            + " stranger.",
        talk ->
            changed(
                talk,
                "F-06",
                Books.ORDINARY,
                order -> {
                  order.setBankTransactionId(Books.DOTTED.transactionId());
                  order.setTransferAmountFen(Books.DOTTED.creditFen());
                  order.setTransferTime(Instant.parse(Books.DOTTED.bookedAt()));
                }));
    add(
        "F-07",
        "a personal account ordered as corporate is a mismatch",
        "MISMATCH_ACCOUNT",
        "Compare accountType with what the account is registered as.",
        talk -> changed(talk, "F-07", Books.ORDINARY, order -> order.setAccountType("02")));
    add(
        "F-08",
        "an account with a freeze on it is not stopped",
        "ALREADY_FROZEN",
        "Check for a freeze after the four fields; answer ALREADY_FROZEN and change nothing.",
        talk -> talk.ask(talk.good("F-08", Books.FROZEN)).getResult().toString());
    add(
        "F-09",
        "a mismatch takes no stop time",
        "no times, no balance",
        "startTime, expireTime and balanceBeforeFen belong to a stop; leave them out of every other"
            + " answer.",
        talk -> {
          StopPaymentOrder order = talk.draft("F-09", Books.ORDINARY);
          order.setTransferAmountFen(1);
          StopPaymentReceipt receipt = talk.ask(talk.sealed(talk.authorised(order)));
          return receipt.getStartTime() == null
                  && receipt.getExpireTime() == null
                  && receipt.getBalanceBeforeFen() == null
              ? "no times, no balance"
              : brief(receipt);
        });
    add(
        "F-10",
        "a ciphertext for another bank is not guessed at",
        "FORMAT_ERROR",
        "If the ciphertext does not open with your key, answer FORMAT_ERROR; never match by token"
            + " or amount alone.",
        talk -> {
          StopPaymentOrder order = talk.draft("F-10", Books.ORDINARY);
          talk.sealedTo(order, talk.bank.equals("B01") ? "B02" : "B01", Books.ORDINARY);
          return result(talk, talk.authorised(order));
        });
    add(
        "F-11",
        "a ciphertext of another token does not open",
        "FORMAT_ERROR",
        "Give the order's account token to the opening (it is authenticated with the ciphertext,"
            + " docs/identity.md).",
        talk ->
            changed(talk, "F-11", Books.ORDINARY, order -> order.setAccountToken("f".repeat(32))));
  }

  // --- the order's form
  // -----------------------------------------------------------------------------

  private void forms() {
    form("M-01", "a term above 48 h", order -> order.setTermHours(49));
    form("M-02", "a term of nothing", order -> order.setTermHours(0));
    form("M-03", "an amount of nothing", order -> order.setTransferAmountFen(0));
    form(
        "M-04", "an application type that does not exist", order -> order.setApplicationType("07"));
    form("M-05", "an account type that does not exist", order -> order.setAccountType("03"));
    form("M-06", "an urgency that does not exist", order -> order.setEmergencyLevel("09"));
    form("M-07", "a currency in small letters", order -> order.setCurrency("cny"));
    form("M-08", "an application id that is too short", order -> order.setApplicationId("1234"));
    form(
        "M-09",
        "an end before its beginning",
        order -> order.setNotAfter(order.getApplicationTime().minusSeconds(1)));
    add(
        "M-10",
        "an order past its end is not executed",
        "EXPIRED_ORDER",
        "Compare notAfter with your own clock (NTP); do not execute what comes late, however good"
            + " it is.",
        talk ->
            changed(
                talk,
                "M-10",
                Books.ORDINARY,
                order -> {
                  order.setApplicationTime(talk.now().minusSeconds(7_200));
                  order.setNotAfter(talk.now().minusSeconds(3_600));
                }));
    add(
        "M-11",
        "another version of the envelope is turned away",
        "FORMAT_ERROR",
        "Read version 1 alone; a later version may mean other bytes.",
        talk -> {
          OrderEnvelope order = talk.good("M-11", Books.ORDINARY);
          order.setVersion(2);
          return talk.ask(order).getResult().toString();
        });
    add(
        "M-12",
        "a payload with bytes behind the order is turned away, though it is signed",
        "FORMAT_ERROR",
        "After decoding, encode again or count the bytes read: one order has one encoding.",
        talk -> {
          StopPaymentOrder order = talk.authorised(talk.draft("M-12", Books.ORDINARY));
          ByteBuffer exact = Envelopes.payload(order);
          ByteBuffer longer = ByteBuffer.allocate(exact.remaining() + 1).put(exact.duplicate());
          longer.rewind();
          return talk.ask(Envelopes.seal(longer, DemoKeys.engine())).getResult().toString();
        });
    form(
        "M-13",
        "late paperwork that names no original application",
        order -> order.setApplicationType("04"));
  }

  private void form(String id, String what, Consumer<StopPaymentOrder> change) {
    add(
        id,
        what + " is a format error",
        "FORMAT_ERROR",
        "Check the form (docs/envelope.md §5, step 6) before authorisation and books, whoever"
            + " signed it.",
        talk -> changed(talk, id, Books.ORDINARY, change));
  }

  // --- whom to believe
  // ------------------------------------------------------------------------------

  private void trust() {
    add(
        "S-01",
        "nothing is believed of an order whose signed bytes were changed",
        "BAD_SIGNATURE, no order id",
        "Verify SM2 with SM3 over the bytes of docs/envelope.md; answer with an empty order id and"
            + " the payload's hash.",
        talk -> {
          OrderEnvelope order = talk.good("S-01", Books.ORDINARY);
          byte[] bytes = new byte[order.getPayload().remaining()];
          order.getPayload().duplicate().get(bytes);
          bytes[bytes.length - 1] ^= 1;
          order.setPayload(ByteBuffer.wrap(bytes));
          return untrusted(talk.ask(order));
        });
    add(
        "S-02",
        "a signature of nothing is refused",
        "BAD_SIGNATURE, no order id",
        "A signature that is no DER sequence of two integers is a bad one, not an error of yours.",
        talk -> {
          OrderEnvelope order = talk.good("S-02", Books.ORDINARY);
          order.setSignature(ByteBuffer.wrap(new byte[] {0x30, 0}));
          return untrusted(talk.ask(order));
        });
    add(
        "S-03",
        "a key that is not in the directory signs nothing",
        "BAD_SIGNATURE, no order id",
        "Look keyId up in your own copy of the directory; an unknown key is a bad signature.",
        talk -> {
          OrderEnvelope order = talk.good("S-03", Books.ORDINARY);
          order.setKeyId("demo-engine-9");
          return untrusted(talk.ask(order));
        });
    add(
        "S-04",
        "an officer's key does not seal orders",
        "BAD_SIGNATURE, no order id",
        "Check the key's role: ENGINE seals, OFFICER authorises; a valid signature of the wrong"
            + " role is a bad one.",
        talk ->
            untrusted(
                talk.ask(
                    talk.sealedBy(
                        DemoKeys.person(DemoKeys.FIRST_OFFICER),
                        talk.authorised(talk.draft("S-04", Books.ORDINARY))))));
    add(
        "S-05",
        "an order to another bank is not executed",
        "WRONG_BANK",
        "Compare the order's bank with your own code even on your own topic or webhook.",
        talk ->
            changed(
                talk,
                "S-05",
                Books.ORDINARY,
                order -> order.setBank(talk.bank.equals("B01") ? "B02" : "B01")));
    unauthorised(
        "S-06",
        "the officer signed another amount",
        order -> order.setTransferAmountFen(order.getTransferAmountFen() + 1));
    unauthorised(
        "S-07",
        "the officer signed another transfer",
        order -> order.setBankTransactionId(Books.DOTTED.transactionId()));
    unauthorised(
        "S-08",
        "the officer signed another time",
        order -> order.setTransferTime(order.getTransferTime().plusSeconds(1)));
    add(
        "S-09",
        "the officer signed another account",
        "BAD_AUTHORISATION",
        "The officer's bytes hold the SHA-256 of the account's ciphertext: build them from the"
            + " order, verify, then open it.",
        talk -> {
          StopPaymentOrder order = talk.authorised(talk.draft("S-09", Books.ORDINARY));
          talk.naming(order, Books.DOTTED.name(), Books.DOTTED.number());
          return result(talk, order);
        });
    add(
        "S-10",
        "an order that no officer signed is not executed",
        "BAD_AUTHORISATION",
        "Verify the officer's signature inside the order as well as the engine's around it.",
        talk -> result(talk, talk.draft("S-10", Books.ORDINARY)));
    add(
        "S-11",
        "a standing authorisation that the bank never agreed to covers nothing",
        "BAD_AUTHORISATION",
        "Look the authorisation up among the signed documents that you agreed to; what the order"
            + " says of it is no proof.",
        talk -> {
          StopPaymentOrder order = talk.draft("S-11", Books.ORDINARY);
          order.setAuthorisation(
              new dev.zhifu.wire.StandingReference(
                  "never-agreed", DemoKeys.AUTHORISER, "demo-head-1", ByteBuffer.allocate(70)));
          return result(talk, order);
        });
  }

  private void unauthorised(String id, String what, Consumer<StopPaymentOrder> change) {
    add(
        id,
        what,
        "BAD_AUTHORISATION",
        "Build the officer's bytes from the order itself (zhifu-authorisation-v1) and verify before"
            + " comparing with the books.",
        talk -> {
          StopPaymentOrder order = talk.authorised(talk.draft(id, Books.ORDINARY));
          change.accept(order);
          return result(talk, order);
        });
  }

  // --- what comes again
  // -----------------------------------------------------------------------------

  private void copies() {
    add(
        "C-01",
        "an order that comes twice is answered twice alike",
        "the same receipt",
        "Keep the receipt by order id and payload hash on disk; give the kept one again, with its"
            + " first times.",
        talk -> {
          OrderEnvelope order = talk.good("C-01", Books.ORDINARY);
          StopPaymentReceipt first = talk.ask(order);
          StopPaymentReceipt second = talk.ask(order);
          return first.equals(second) ? "the same receipt" : brief(second);
        });
    add(
        "C-02",
        "a refusal that comes twice is answered twice alike",
        "the same receipt",
        "An id that passed steps 1 to 6 is taken, whatever the answer was.",
        talk -> {
          StopPaymentOrder order = talk.draft("C-02", Books.ORDINARY);
          order.setTransferAmountFen(7);
          OrderEnvelope sealed = talk.sealed(talk.authorised(order));
          StopPaymentReceipt first = talk.ask(sealed);
          StopPaymentReceipt second = talk.ask(sealed);
          return first.equals(second) ? "the same receipt" : brief(second);
        });
    add(
        "C-03",
        "another content under an answered id is replayed and changes nothing",
        "REPLAYED",
        "Compare the payload hash with the one answered under this id; another one is REPLAYED.",
        talk -> {
          talk.ask(talk.good("C-03", Books.ORDINARY));
          StopPaymentOrder other = talk.draft("C-03", Books.DOTTED);
          return result(talk, talk.authorised(other));
        });
    add(
        "C-04",
        "a forged order takes no id from the true one",
        "BAD_SIGNATURE, then STOPPED",
        "Write an id down only for an order that passed steps 1 to 6; a forger must not be able to"
            + " keep the true order out.",
        talk -> {
          OrderEnvelope order = talk.good("C-04", Books.ORDINARY);
          OrderEnvelope forged = OrderEnvelope.newBuilder(order).build();
          forged.setSignature(ByteBuffer.wrap(new byte[] {0x30, 0}));
          return talk.ask(forged).getResult() + ", then " + talk.ask(order).getResult();
        });
    add(
        "C-05",
        "a misdirected order takes no id from the true one",
        "WRONG_BANK, then STOPPED",
        "As C-04: what is addressed to another bank is not yours to remember.",
        talk -> {
          StopPaymentOrder order = talk.draft("C-05", Books.ORDINARY);
          order.setBank(talk.bank.equals("B01") ? "B02" : "B01");
          ReceiptResult first = talk.ask(talk.sealed(talk.authorised(order))).getResult();
          order.setBank(talk.bank);
          return first + ", then " + talk.ask(talk.sealed(talk.authorised(order))).getResult();
        });
  }

  // --- risk holds
  // -----------------------------------------------------------------------------------

  private void holds() {
    add(
        "H-01",
        "a risk hold is applied, or declined with nothing held",
        "answered",
        "APPLIED with the fen kept in place, or DECLINED with 0: the measure is the bank's own"
            + " (anti-fraud law art. 18(3)).",
        talk -> {
          RiskHoldOutcome outcome =
              talk.ask(talk.hold("H-01", 1, HoldAction.PLACE, Books.ORDINARY));
          boolean fits =
              switch (outcome.getResult()) {
                case APPLIED -> outcome.getHeldFen() >= 0 && outcome.getHeldFen() <= 100_000;
                case DECLINED -> outcome.getHeldFen() == 0;
                default -> false;
              };
          return fits ? "answered" : brief(outcome);
        });
    add(
        "H-02",
        "a hold that comes twice is answered twice alike",
        "the same outcome",
        "Keep the outcome by hold id and sequence; give the kept one again.",
        talk -> {
          RiskHold hold = talk.hold("H-02", 1, HoldAction.PLACE, Books.ORDINARY);
          RiskHoldOutcome first = talk.ask(hold);
          RiskHoldOutcome second = talk.ask(hold);
          return first.equals(second) ? "the same outcome" : brief(second);
        });
    add(
        "H-03",
        "a lift ends the hold",
        "RELEASED",
        "Lift the hold at once and say RELEASED, also when none was in force.",
        talk -> {
          talk.ask(talk.hold("H-03", 1, HoldAction.PLACE, Books.ORDINARY));
          return talk.ask(talk.hold("H-03", 2, HoldAction.LIFT, Books.ORDINARY))
              .getResult()
              .toString();
        });
    add(
        "H-04",
        "a message that is older than what is known places nothing again",
        "RELEASED",
        "The highest sequence of a hold counts; answer an older one with how the hold stands now.",
        talk -> {
          talk.ask(talk.hold("H-04", 2, HoldAction.LIFT, Books.ORDINARY));
          return talk.ask(talk.hold("H-04", 1, HoldAction.PLACE, Books.ORDINARY))
              .getResult()
              .toString();
        });
    hold(
        "H-05",
        "a hold of more than 24 h is declined",
        "DECLINED",
        "endsAt lies 24 h after occurredAt at most; decline what would last longer.",
        hold -> hold.setEndsAt(hold.getOccurredAt().plus(Duration.ofHours(25))));
    hold(
        "H-06",
        "a hold that comes after its end is not placed",
        "EXPIRED",
        "Compare endsAt with your own clock before placing.",
        hold -> {
          hold.setOccurredAt(hold.getOccurredAt().minusSeconds(7_200));
          hold.setEndsAt(hold.getOccurredAt().plusSeconds(60));
        });
    hold(
        "H-07",
        "a hold for another bank is declined",
        "DECLINED",
        "Compare the hold's bank with your own code.",
        hold -> hold.setBank("B99"));
    hold(
        "H-08",
        "a hold without a ciphertext is declined",
        "DECLINED",
        "Without a ciphertext that opens there is no account to hold; never guess by token.",
        hold -> hold.getAccount().setCipher(null));
    hold(
        "H-09",
        "a ciphertext that does not open holds nothing",
        "DECLINED",
        "As F-10: without an account that opens there is nothing to hold.",
        hold -> hold.getAccount().setCipher(ByteBuffer.wrap(new byte[100])));
    add(
        "H-10",
        "an account that is held can still be stopped",
        "STOPPED",
        "Hold and stop are different things with different terms; neither stands in the other's"
            + " way.",
        talk -> {
          talk.ask(talk.hold("H-10", 1, HoldAction.PLACE, Books.DOTTED));
          return talk.ask(talk.good("H-10", Books.DOTTED)).getResult().toString();
        });
  }

  private void hold(
      String id, String proves, String expected, String todo, Consumer<RiskHold> change) {
    add(
        id,
        proves,
        expected,
        todo,
        talk -> {
          RiskHold hold = talk.hold(id, 1, HoldAction.PLACE, Books.ORDINARY);
          change.accept(hold);
          return talk.ask(hold).getResult().toString();
        });
  }

  // --- releases of stops
  // ----------------------------------------------------------------------------

  private void releases() {
    add(
        "L-01",
        "a release (100103) that an officer signed lifts the stop",
        "LIFTED, order and act named",
        "Verify the act's signature by your key directory, compare orderId with the order that you"
            + " executed, lift the stop at once, and answer with orderId, applicationId and actId.",
        talk -> {
          OrderEnvelope order = stop(talk, "L-01");
          StopRelease release = talk.release(order, ActKind.RELEASE, OFFICER);
          ReleaseAnswer answer = talk.ask(release);
          boolean named =
              answer.orderId().equals(release.orderId())
                  && answer.applicationId().equals(release.applicationId())
                  && answer.actId().equals(release.act().getActId());
          return answer.result() + (named ? ", order and act named" : ", others named");
        });
    add(
        "L-02",
        "an appeal upheld lifts it too",
        "LIFTED",
        "An act UPHOLD_APPEAL about an order is a release of its stop.",
        talk -> lifted(talk, talk.release(stop(talk, "L-02"), ActKind.UPHOLD_APPEAL, OFFICER)));
    add(
        "L-03",
        "a release that comes again gets the same answer",
        "LIFTED, then LIFTED",
        "Answer from what is written under the act's id; lift once.",
        talk -> {
          StopRelease release = talk.release(stop(talk, "L-03"), ActKind.RELEASE, OFFICER);
          return lifted(talk, release) + ", then " + lifted(talk, release);
        });
    add(
        "L-04",
        "a release that no officer's key signed lifts nothing, and the true one does",
        "BAD_SIGNATURE, then LIFTED",
        "Believe the key that the directory lists for the officer named in the act, in your"
            + " environment, and no other; a refused copy must not keep the true act out.",
        talk -> {
          OrderEnvelope order = stop(talk, "L-04");
          StopRelease forged =
              talk.release(order, ActKind.RELEASE, DemoKeys.person(DemoKeys.AUTHOR));
          return lifted(talk, forged)
              + ", then "
              + lifted(talk, talk.release(order, ActKind.RELEASE, OFFICER));
        });
    add(
        "L-05",
        "an act about another order lifts nothing",
        "BAD_AUTHORISATION",
        "Compare the act's objectId with the order of the release: what stands beside the act signs"
            + " nothing.",
        talk -> {
          StopRelease other = talk.release(stop(talk, "L-05a"), ActKind.RELEASE, OFFICER);
          OrderEnvelope order = stop(talk, "L-05b");
          return lifted(
              talk,
              new StopRelease(
                  Envelopes.open(order).getOrderId(), other.applicationId(), other.act()));
        });
    add(
        "L-06",
        "an officer's act of another kind lifts nothing",
        "BAD_AUTHORISATION",
        "RELEASE and UPHOLD_APPEAL lift a stop, no other kind of act does.",
        talk -> lifted(talk, talk.release(stop(talk, "L-06"), ActKind.REJECT_REQUEST, OFFICER)));
    add(
        "L-07",
        "the release of an order that was never executed is said to be about none",
        "NOT_STOPPED",
        "Answer NOT_STOPPED when your ledger has no stop of that order.",
        talk ->
            lifted(
                talk, talk.release(talk.good("L-07", Books.ORDINARY), ActKind.RELEASE, OFFICER)));
  }

  /** An order that was executed. */
  private static OrderEnvelope stop(Talk talk, String name) {
    OrderEnvelope order = talk.good(name, Books.ORDINARY);
    talk.ask(order);
    return order;
  }

  private static String lifted(Talk talk, StopRelease release) {
    return talk.ask(release).result().toString();
  }

  // --- how a bank speaks
  // ----------------------------------------------------------------------------

  private void manners() {
    add(
        "T-01",
        "answers about one account come in the order of its messages",
        "in their order",
        "Handle messages of one account one after the other, and send their answers in that order.",
        talk -> {
          List<OrderEnvelope> sent = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            sent.add(talk.good("T-01-" + i, Books.ORDINARY));
          }
          sent.forEach(talk.link::send);
          List<String> hashes = sent.stream().map(Envelopes::payloadSha256).toList();
          List<String> heard = new ArrayList<>();
          while (heard.size() < sent.size()) {
            StopPaymentReceipt receipt =
                (StopPaymentReceipt)
                    talk.next(one -> one.getBody() instanceof StopPaymentReceipt, "a receipt")
                        .getBody();
            heard.add(receipt.getPayloadSha256());
          }
          return heard.equals(hashes) ? "in their order" : "in another order";
        });
    add(
        "T-02",
        "what is no order at all is answered, and the next order is executed",
        "FORMAT_ERROR, then STOPPED",
        "Answer FORMAT_ERROR with an empty order id and the SHA-256 of the bytes, and go on; one"
            + " bad record must not stop the rest.",
        talk -> {
          byte[] junk = ("no order " + talk.now()).getBytes(StandardCharsets.UTF_8);
          // Where a record that is none cannot travel, one that is sealed and holds none does.
          if (!talk.link.sendJunk(junk)) {
            talk.link.send(Envelopes.seal(ByteBuffer.wrap(junk), DemoKeys.engine()));
          }
          String hash = Sha256.hex(ByteBuffer.wrap(junk));
          ReceiptResult first =
              ((StopPaymentReceipt)
                      talk.next(
                              one ->
                                  one.getBody() instanceof StopPaymentReceipt receipt
                                      && receipt.getPayloadSha256().equals(hash),
                              "an answer to what is no order")
                          .getBody())
                  .getResult();
          return first + ", then " + talk.ask(talk.good("T-02", Books.ORDINARY)).getResult();
        });
    add(
        "T-03",
        "a decision is heard and needs no answer",
        "STOPPED",
        "Give decisions to whoever holds the transfer back; send nothing, and go on with what comes"
            + " after.",
        talk -> {
          talk.link.send(
              TransferDecision.newBuilder()
                  .setEventId(talk.bank + ":check:AWAITING")
                  .setTransactionId("check")
                  .setBank(talk.bank)
                  .setDecision(DecisionKind.HOLD)
                  .setOccurredAt(talk.now())
                  .setAnswerBy(talk.now().plusMillis(300))
                  .build());
          return talk.ask(talk.good("T-03", Books.ORDINARY)).getResult().toString();
        });
    add(
        "T-04",
        "an answer that was not taken is sent again",
        "STOPPED",
        "Until a 2xx or an acknowledgement of the broker an answer is not sent; try again with the"
            + " same content under the same id.",
        talk -> {
          talk.link.refuseOnce();
          return talk.ask(talk.good("T-04", Books.ORDINARY)).getResult().toString();
        });
    add(
        "T-05",
        "every answer names the answering bank",
        "its own code",
        "Fill bank with your own code in every receipt and outcome.",
        talk ->
            talk.all().stream().allMatch(one -> isOwn(talk.bank, one))
                ? "its own code"
                : "another bank's code");
    add(
        "T-06",
        "no payload got two different answers",
        "one answer each",
        "As C-01: decide once, write it down, answer from what is written.",
        talk -> contradiction(talk.all()));
    add(
        "T-07",
        "every request of the bank was signed, new and on time",
        "no fault",
        "Sign each request anew with its own nonce and the time of sending (docs/gateway.md); keep"
            + " the clock by NTP.",
        talk -> talk.link.faults().isEmpty() ? "no fault" : talk.link.faults().get(0));
  }

  private static boolean isOwn(String bank, BankInbound one) {
    String named =
        one.getBody() instanceof RiskHoldOutcome outcome
            ? outcome.getBank()
            : ((StopPaymentReceipt) one.getBody()).getBank();
    return one.getBank().equals(bank) && named.equals(bank);
  }

  private static String contradiction(List<BankInbound> all) {
    List<StopPaymentReceipt> receipts =
        all.stream()
            .map(BankInbound::getBody)
            .filter(StopPaymentReceipt.class::isInstance)
            .map(StopPaymentReceipt.class::cast)
            // What is not believed names no order: the same payload under a good seal is another
            // thing.
            .filter(receipt -> !receipt.getOrderId().isEmpty())
            .toList();
    for (StopPaymentReceipt one : receipts) {
      for (StopPaymentReceipt other : receipts) {
        if (one.getPayloadSha256().equals(other.getPayloadSha256())
            && one.getResult() != other.getResult()) {
          return one.getResult() + " and " + other.getResult() + " for one payload";
        }
      }
    }
    return "one answer each";
  }

  // --- in words
  // -------------------------------------------------------------------------------------

  private static String changed(
      Talk talk, String name, Books.Entry entry, Consumer<StopPaymentOrder> change) {
    StopPaymentOrder order = talk.draft(name, entry);
    change.accept(order);
    return result(talk, talk.authorised(order));
  }

  private static String named(Talk talk, String name, Books.Entry entry, String holder) {
    StopPaymentOrder order = talk.draft(name, entry);
    talk.naming(order, holder, entry.number());
    return result(talk, talk.authorised(order));
  }

  private static String result(Talk talk, StopPaymentOrder order) {
    return talk.ask(talk.sealed(order)).getResult().toString();
  }

  private static String stopped(StopPaymentReceipt receipt) {
    boolean term =
        receipt.getStartTime() != null
            && receipt.getExpireTime() != null
            && receipt.getExpireTime().equals(receipt.getStartTime().plus(TERM));
    return receipt.getResult()
        + ", balance "
        + receipt.getBalanceBeforeFen()
        + (term ? ", 48 h" : ", from " + receipt.getStartTime() + " to " + receipt.getExpireTime());
  }

  private static String untrusted(StopPaymentReceipt receipt) {
    return receipt.getResult()
        + (receipt.getOrderId().isEmpty() ? ", no order id" : ", order id " + receipt.getOrderId());
  }

  private static String brief(StopPaymentReceipt receipt) {
    return receipt.getResult()
        + " of order "
        + receipt.getOrderId()
        + ", start "
        + receipt.getStartTime()
        + ", at "
        + receipt.getAt();
  }

  private static String brief(RiskHoldOutcome outcome) {
    return outcome.getResult() + ", held " + outcome.getHeldFen() + ", at " + outcome.getAt();
  }
}
