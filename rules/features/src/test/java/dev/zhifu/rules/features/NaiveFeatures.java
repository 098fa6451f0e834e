package dev.zhifu.rules.features;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The features as their declarations read, from the whole history sorted by event time. Shares
 * nothing with the steps: streams over lists, the JDK's calendar, no state.
 */
final class NaiveFeatures {
  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

  private final List<EnrichedEvent> history;
  private final NaiveMoney money;

  /** History in the order in which ties are to be seen. */
  NaiveFeatures(List<EnrichedEvent> events) {
    history = new ArrayList<>(events);
    history.sort(Comparator.comparing(EnrichedEvent::getOccurredAt));
    money = new NaiveMoney(history, NaiveFeatures::payeeFirstSeen);
  }

  Features of(EnrichedEvent event) {
    Features features = Features.newBuilder().build();
    List<EnrichedEvent> before = history.subList(0, history.indexOf(event));
    if (event.getEvent() instanceof BankTransaction transaction) {
      features.setPhaseRepeats(phaseRepeats(transaction, before));
      if (transaction.getPayee() != null) {
        payee(features, transaction, before);
      }
      if (transaction.getPayer() != null) {
        payer(features, transaction, before);
        holder(features, transaction.getPayer().getHolderToken(), before, event.getOccurredAt());
        money.fill(features, transaction, before);
        if (transaction.getKind() == TransactionKind.TRANSFER) {
          strangers(
              features, transaction.getPayer().getHolderToken(), before, event.getOccurredAt());
        }
      } else {
        holder(features, event.getEventId(), before, event.getOccurredAt());
      }
    } else if (event.getEvent() instanceof TelecomEvent telecom) {
      List<EnrichedEvent> withThis = history.subList(0, history.indexOf(event) + 1);
      holder(features, telecom.getHolderToken(), withThis, event.getOccurredAt());
      if (telecom.getKind() == TelecomKind.CALL_START
          || telecom.getKind() == TelecomKind.CALL_END) {
        number(features, telecom.getNumberToken(), withThis, event.getOccurredAt());
      }
    } else if (event.getEvent() instanceof BankAccessEvent access) {
      holder(features, access.getAccount().getHolderToken(), before, event.getOccurredAt());
      if (access.getDeviceToken() != null) {
        List<EnrichedEvent> withThis = history.subList(0, history.indexOf(event) + 1);
        device(features, access.getDeviceToken(), withThis, event.getOccurredAt());
      }
    }
    return features;
  }

  private static Boolean phaseRepeats(BankTransaction now, List<EnrichedEvent> before) {
    List<TransactionPhase> first = List.of(TransactionPhase.AWAITING, TransactionPhase.COMPLETED);
    if (!first.contains(now.getPhase())) {
      return null;
    }
    return before.stream()
        .map(EnrichedEvent::getEvent)
        .filter(BankTransaction.class::isInstance)
        .map(BankTransaction.class::cast)
        .filter(each -> each.getTransactionId().equals(now.getTransactionId()))
        .filter(each -> each.getOccurredAt().isAfter(now.getOccurredAt().minus(Duration.ofDays(1))))
        .anyMatch(each -> first.contains(each.getPhase()) && each.getPhase() != now.getPhase());
  }

  private static List<BankTransaction> booked(List<EnrichedEvent> events) {
    return events.stream()
        .map(EnrichedEvent::getEvent)
        .filter(BankTransaction.class::isInstance)
        .map(BankTransaction.class::cast)
        .filter(each -> each.getPhase() == TransactionPhase.COMPLETED)
        .collect(Collectors.toList());
  }

  private static Predicate<BankTransaction> within(BankTransaction now, Duration window) {
    return each -> each.getOccurredAt().isAfter(now.getOccurredAt().minus(window));
  }

  private static Predicate<BankTransaction> paidTo(AccountRef account) {
    return each -> token(each.getPayee()) != null && token(each.getPayee()).equals(token(account));
  }

  private static Predicate<BankTransaction> paidBy(AccountRef account) {
    return each -> token(each.getPayer()) != null && token(each.getPayer()).equals(token(account));
  }

  private static String token(AccountRef account) {
    return account == null ? null : account.getAccountToken();
  }

  private static boolean counts(BankTransaction transaction) {
    return transaction.getPhase() != TransactionPhase.REVERSED;
  }

  private static List<BankTransaction> plus(List<BankTransaction> before, BankTransaction now) {
    return counts(now)
        ? Stream.concat(before.stream(), Stream.of(now)).collect(Collectors.toList())
        : before;
  }

  private static long distinct(
      Stream<BankTransaction> transactions, Function<BankTransaction, AccountRef> side) {
    return transactions
        .map(side)
        .map(NaiveFeatures::token)
        .filter(Objects::nonNull)
        .distinct()
        .count();
  }

  private static Long daysSince(Stream<BankTransaction> earlier, BankTransaction now) {
    return earlier
        .map(BankTransaction::getOccurredAt)
        .max(Comparator.naturalOrder())
        .map(last -> ChronoUnit.DAYS.between(last, now.getOccurredAt()))
        .orElse(null);
  }

  private void payee(Features features, BankTransaction now, List<EnrichedEvent> events) {
    List<BankTransaction> before =
        booked(events).stream().filter(paidTo(now.getPayee())).collect(Collectors.toList());
    List<BankTransaction> all = plus(before, now);
    Predicate<BankTransaction> qr = each -> each.getKind() == TransactionKind.QR_PAYMENT;
    features.setPayeeDaysSinceCredit(daysSince(before.stream(), now));
    features.setPayeeInDegree1h(
        distinct(all.stream().filter(within(now, Duration.ofHours(1))), BankTransaction::getPayer));
    features.setPayeeQrPayers1h(
        distinct(
            all.stream().filter(qr).filter(within(now, Duration.ofHours(1))),
            BankTransaction::getPayer));
    features.setPayeeCreditFen15d(
        all.stream()
            .filter(within(now, Duration.ofDays(15)))
            .mapToLong(BankTransaction::getAmountFen)
            .sum());
    Map<Long, Long> amounts =
        all.stream()
            .filter(qr)
            .filter(within(now, Duration.ofHours(24)))
            .collect(Collectors.groupingBy(BankTransaction::getAmountFen, Collectors.counting()));
    long total = amounts.values().stream().mapToLong(each -> each).sum();
    amounts.values().stream()
        .max(Comparator.naturalOrder())
        .ifPresent(most -> features.setPayeeQrSameAmountShare24h((double) most / total));
    features.setPayeeAccountAgeDays(age(now.getPayee(), now.getOccurredAt()));
  }

  private static Long age(AccountRef account, Instant at) {
    return account.getOpenedOn() == null
        ? null
        : ChronoUnit.DAYS.between(account.getOpenedOn(), day(at));
  }

  private static LocalDate day(Instant at) {
    return at.atZone(CHINA).toLocalDate();
  }

  private void payer(Features features, BankTransaction now, List<EnrichedEvent> events) {
    AccountRef account = now.getPayer();
    List<BankTransaction> earlier = booked(events);
    List<BankTransaction> debits =
        earlier.stream().filter(paidBy(account)).collect(Collectors.toList());
    List<BankTransaction> credits =
        earlier.stream().filter(paidTo(account)).collect(Collectors.toList());
    List<BankTransaction> withThis = plus(debits, now);
    features.setOwnTransfer(Movements.ownTransfer(now));
    features.setPayerAccountAgeDays(age(account, now.getOccurredAt()));
    features.setPayerDaysSinceActivity(
        daysSince(Stream.concat(debits.stream(), credits.stream()), now));
    features.setPayeeFirstSeen(payeeFirstSeen(now, events));
    if (account.getBalanceBeforeFen() != null) {
      features.setPayerResidueFen(account.getBalanceBeforeFen() - now.getAmountFen());
      if (account.getBalanceBeforeFen() > 0) {
        features.setShareOfBalance((double) now.getAmountFen() / account.getBalanceBeforeFen());
      }
    }
    hour(features, now, withThis, credits);
    features.setPayerOutDegree30m(
        distinct(
            withThis.stream().filter(within(now, Duration.ofMinutes(30))),
            BankTransaction::getPayee));
    features.setOwnSources5d(
        distinct(
            credits.stream()
                .filter(within(now, Duration.ofDays(5)))
                .filter(each -> Boolean.TRUE.equals(Movements.ownTransfer(each))),
            BankTransaction::getPayer));
    nights(
        features,
        now,
        Stream.concat(withThis.stream(), credits.stream()).collect(Collectors.toList()));
    NaivePayer.fill(features, now, debits, credits);
  }

  private static Boolean payeeFirstSeen(BankTransaction now, List<EnrichedEvent> before) {
    if (now.getPayer() == null || now.getPayee() == null) {
      return null;
    }
    return booked(before).stream()
        .filter(paidBy(now.getPayer()))
        .filter(paidTo(now.getPayee()))
        .noneMatch(
            each ->
                ChronoUnit.DAYS.between(day(each.getOccurredAt()), day(now.getOccurredAt())) < 180);
  }

  private static void hour(
      Features features,
      BankTransaction now,
      List<BankTransaction> debits,
      List<BankTransaction> credits) {
    Predicate<BankTransaction> inHour = within(now, Duration.ofHours(1));
    List<BankTransaction> fromOthers =
        credits.stream()
            .filter(inHour)
            .filter(each -> each.getPayer() != null)
            .filter(each -> !Boolean.TRUE.equals(Movements.ownTransfer(each)))
            .collect(Collectors.toList());
    long in = fromOthers.stream().mapToLong(BankTransaction::getAmountFen).sum();
    long out = debits.stream().filter(inHour).mapToLong(BankTransaction::getAmountFen).sum();
    features.setPayerCreditFen60m(in);
    features.setPayerDebitFen60m(out);
    features.setPayerLargestCreditFen60m(
        fromOthers.stream().mapToLong(BankTransaction::getAmountFen).max().orElse(0));
    features.setPayerInDegree60m(
        distinct(credits.stream().filter(inHour), BankTransaction::getPayer));
    fromOthers.stream()
        .map(BankTransaction::getOccurredAt)
        .max(Comparator.naturalOrder())
        .ifPresent(
            newest -> {
              features.setPassThroughShare60m((double) out / in);
              features.setDwellMinutes(
                  ChronoUnit.MILLIS.between(newest, now.getOccurredAt()) / 60_000.0);
            });
  }

  private static void nights(Features features, BankTransaction now, List<BankTransaction> moves) {
    LocalDate today = day(now.getOccurredAt());
    List<BankTransaction> week =
        moves.stream()
            .filter(each -> ChronoUnit.DAYS.between(day(each.getOccurredAt()), today) < 7)
            .collect(Collectors.toList());
    List<BankTransaction> atNight =
        week.stream()
            .filter(
                each ->
                    each.getOccurredAt().atZone(CHINA).toLocalTime().isBefore(LocalTime.of(6, 0)))
            .collect(Collectors.toList());
    long all = week.stream().mapToLong(BankTransaction::getAmountFen).sum();
    long night = atNight.stream().mapToLong(BankTransaction::getAmountFen).sum();
    features.setPayerNightShare7d(all == 0 ? null : (double) night / all);
    features.setPayerNights7d(
        atNight.stream().map(each -> day(each.getOccurredAt())).distinct().count());
  }

  /** One call or session put together from its messages. */
  private record Call(Instant start, Instant end, TelecomEvent first, Long seconds) {}

  private static List<Call> calls(
      List<EnrichedEvent> events,
      Predicate<TelecomEvent> whose,
      TelecomKind begin,
      TelecomKind end) {
    Map<String, List<TelecomEvent>> sessions =
        events.stream()
            .map(EnrichedEvent::getEvent)
            .filter(TelecomEvent.class::isInstance)
            .map(TelecomEvent.class::cast)
            .filter(whose)
            .filter(each -> each.getKind() == begin || each.getKind() == end)
            .filter(each -> each.getAppClass() != AppClass.OTHER)
            .filter(each -> each.getAppClass() != AppClass.OFFSHORE_IM)
            .filter(each -> each.getAppClass() != AppClass.FRAUD_LISTED)
            .collect(
                // Of calls that start at the same time the one told last is the newer one.
                Collectors.groupingBy(
                    TelecomEvent::getSessionId, LinkedHashMap::new, Collectors.toList()));
    List<Call> calls = new ArrayList<>();
    for (List<TelecomEvent> session : sessions.values()) {
      TelecomEvent start =
          session.stream().filter(each -> each.getKind() == begin).findFirst().orElseThrow();
      Instant ended =
          session.stream()
              .filter(each -> each.getKind() == end)
              .map(TelecomEvent::getOccurredAt)
              .findFirst()
              .orElse(null);
      Long seconds =
          ended == null ? null : ChronoUnit.SECONDS.between(start.getOccurredAt(), ended);
      calls.add(new Call(start.getOccurredAt(), ended, start, seconds));
    }
    calls.sort(Comparator.comparing(Call::start));
    return calls;
  }

  private static Long since(
      List<EnrichedEvent> events, Instant at, Duration window, Predicate<TelecomEvent> which) {
    return events.stream()
        .map(EnrichedEvent::getEvent)
        .filter(TelecomEvent.class::isInstance)
        .map(TelecomEvent.class::cast)
        .filter(which)
        .map(TelecomEvent::getOccurredAt)
        .max(Comparator.naturalOrder())
        .filter(last -> last.isAfter(at.minus(window)))
        .map(last -> ChronoUnit.SECONDS.between(last, at))
        .orElse(null);
  }

  private static void number(
      Features features, String number, List<EnrichedEvent> events, Instant at) {
    List<Call> day =
        calls(
                events,
                each -> number.equals(each.getNumberToken()),
                TelecomKind.CALL_START,
                TelecomKind.CALL_END)
            .stream()
            .filter(each -> each.start().isAfter(at.minus(Duration.ofHours(24))))
            .collect(Collectors.toList());
    List<Call> placed =
        day.stream().filter(each -> !each.first().getIncoming()).collect(Collectors.toList());
    List<Call> ended =
        placed.stream().filter(each -> each.seconds() != null).collect(Collectors.toList());
    features.setNumberCalls24h((long) day.size());
    if (!day.isEmpty()) {
      features.setNumberOutShare24h((double) placed.size() / day.size());
      features.setNumberPeersPerCall24h(
          (double) day.stream().map(each -> each.first().getPeerToken()).distinct().count()
              / day.size());
    }
    if (!ended.isEmpty()) {
      features.setNumberUnansweredShare24h(
          (double) ended.stream().filter(each -> each.seconds() == 0).count() / ended.size());
    }
  }

  private static void device(
      Features features, String device, List<EnrichedEvent> events, Instant at) {
    features.setDeviceHolders24h(
        events.stream()
            .map(EnrichedEvent::getEvent)
            .filter(BankAccessEvent.class::isInstance)
            .map(BankAccessEvent.class::cast)
            .filter(each -> device.equals(each.getDeviceToken()))
            .filter(each -> each.getKind() == AccessKind.LOGIN && each.getSucceeded())
            .filter(each -> each.getOccurredAt().isAfter(at.minus(Duration.ofHours(24))))
            .map(each -> each.getAccount().getHolderToken())
            .distinct()
            .count());
  }

  private static boolean underWay(Call call, Instant at) {
    return call.end() == null && !call.start().plus(Duration.ofHours(4)).isBefore(at);
  }

  private void holder(Features features, String holder, List<EnrichedEvent> events, Instant at) {
    Predicate<TelecomEvent> his = each -> holder.equals(each.getHolderToken());
    List<Call> calls = calls(events, his, TelecomKind.CALL_START, TelecomKind.CALL_END);
    Call active =
        calls.stream().filter(each -> underWay(each, at)).reduce((one, two) -> two).orElse(null);
    features.setCallActive(active != null);
    Call last =
        calls.stream()
            .filter(each -> each.end() != null)
            .filter(each -> each.end().isAfter(at.minus(Duration.ofHours(4))))
            .max(Comparator.comparing(Call::end).thenComparing(Call::start))
            .orElse(null);
    if (active != null) {
      features.setCallSeconds(ChronoUnit.SECONDS.between(active.start(), at));
      features.setSecondsSinceCall(0L);
    } else if (last != null) {
      boolean recent = last.end().isAfter(at.minus(Duration.ofMinutes(30)));
      features.setCallSeconds(recent ? last.seconds() : null);
      features.setSecondsSinceCall(ChronoUnit.SECONDS.between(last.end(), at));
    }
    Call named = active != null ? active : last;
    if (named != null) {
      features.setCallerFirstContact(named.first().getFirstContact());
      features.setCallerPrefix(named.first().getPeerPrefix());
    }
    features.setScreenShareActive(
        calls(events, his, TelecomKind.APP_SESSION_START, TelecomKind.APP_SESSION_END).stream()
            .anyMatch(each -> underWay(each, at)));
    List<Call> day =
        calls.stream()
            .filter(each -> each.start().isAfter(at.minus(Duration.ofHours(24))))
            .collect(Collectors.toList());
    if (!day.isEmpty()) {
      String peer = day.get(day.size() - 1).first().getPeerToken();
      features.setCallsWithPeer24h(
          day.stream().filter(each -> peer.equals(each.first().getPeerToken())).count());
    }
    features.setSecondsSinceForward(
        since(
            events,
            at,
            Duration.ofHours(24),
            his.and(each -> each.getKind() == TelecomKind.CALL_FWD_SET)));
    features.setSecondsSinceSim(
        since(
            events,
            at,
            Duration.ofHours(72),
            his.and(
                each ->
                    List.of(TelecomKind.SIM_SWAP, TelecomKind.NEW_SIM, TelecomKind.ESIM)
                        .contains(each.getKind()))));
    features.setLenders24h(
        booked(events).stream()
            .filter(each -> each.getKind() == TransactionKind.LOAN_DISBURSAL)
            .filter(each -> each.getPayee() != null)
            .filter(each -> holder.equals(each.getPayee().getHolderToken()))
            .filter(each -> each.getOccurredAt().isAfter(at.minus(Duration.ofHours(24))))
            .map(each -> token(each.getPayer()))
            .distinct()
            .count());
  }

  private static void strangers(
      Features features, String holder, List<EnrichedEvent> events, Instant at) {
    Predicate<TelecomEvent> his = each -> holder.equals(each.getHolderToken());
    List<Call> day =
        calls(events, his, TelecomKind.CALL_START, TelecomKind.CALL_END).stream()
            .filter(each -> each.start().isAfter(at.minus(Duration.ofHours(24))))
            .toList();
    long longest = 0;
    long most = 0;
    for (Call first : day) {
      if (!first.first().getFirstContact()
          || first.first().getPeerPrefix() == PrefixClass.LOCAL_MOBILE) {
        continue;
      }
      List<Call> withHim =
          day.subList(day.indexOf(first), day.size()).stream()
              .filter(each -> each.first().getPeerToken().equals(first.first().getPeerToken()))
              .toList();
      most = Math.max(most, withHim.size());
      longest =
          Math.max(longest, withHim.stream().mapToLong(each -> soFar(each, at)).max().orElse(0));
    }
    features.setStrangerTalkSeconds24h(longest);
    features.setStrangerCalls24h(most);
    features.setSilencedCalls24h(
        events.stream()
            .map(EnrichedEvent::getEvent)
            .filter(TelecomEvent.class::isInstance)
            .map(TelecomEvent.class::cast)
            .filter(his)
            .filter(
                each ->
                    each.getKind() == TelecomKind.CALL_DECLINED
                        || each.getKind() == TelecomKind.LINE_BUSY_ON_WARN)
            .filter(each -> each.getOccurredAt().isAfter(at.minus(Duration.ofHours(24))))
            .count());
  }

  private static long soFar(Call call, Instant at) {
    Instant latest = call.start().plus(Duration.ofHours(4));
    Instant end = call.end() == null ? at : call.end();
    return ChronoUnit.SECONDS.between(call.start(), end.isAfter(latest) ? latest : end);
  }
}
