package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What carriers, application platforms and banks' front doors report. All of it happens now. */
final class Signals {
  private final World world;
  private final Map<Holder, String> away = new HashMap<>();

  Signals(World world) {
    this.world = world;
  }

  /** A call; its end follows. */
  void call(Holder subscriber, Peer peer, boolean incoming, boolean firstContact, int seconds) {
    long now = world.schedule.now();
    subscriber.busyUntil = Math.max(subscriber.busyUntil, now + seconds * 1000L);
    String session = "call-" + subscriber.index + "-" + subscriber.signals;
    emit(start(subscriber, TelecomKind.CALL_START, peer, incoming, firstContact, session));
    world.schedule.at(
        now + seconds * 1000L,
        at -> {
          TelecomEvent end =
              start(subscriber, TelecomKind.CALL_END, peer, incoming, firstContact, session);
          if (end != null) {
            end.setDurationSeconds(seconds);
          }
          emit(end);
        });
  }

  private TelecomEvent start(
      Holder subscriber,
      TelecomKind kind,
      Peer peer,
      boolean incoming,
      boolean first,
      String session) {
    TelecomEvent event = signal(subscriber, kind, peer);
    if (event != null) {
      event.setIncoming(incoming);
      event.setFirstContact(world.gaps.firstContactSeen(event.getEventId()) ? first : null);
      event.setSessionId(session);
    }
    return event;
  }

  void sms(Holder subscriber, Peer peer, SmsClass smsClass) {
    TelecomEvent event = signal(subscriber, TelecomKind.SMS_IN, peer);
    if (event != null) {
      event.setSmsClass(smsClass);
    }
    emit(event);
  }

  /** An application session; its end follows. */
  void app(Holder subscriber, AppClass appClass, int seconds) {
    String session = "app-" + subscriber.index + "-" + subscriber.signals;
    emit(session(subscriber, TelecomKind.APP_SESSION_START, appClass, session));
    world.schedule.at(
        world.schedule.now() + seconds * 1000L,
        at -> {
          TelecomEvent end = session(subscriber, TelecomKind.APP_SESSION_END, appClass, session);
          if (end != null) {
            end.setDurationSeconds(seconds);
          }
          emit(end);
        });
  }

  private TelecomEvent session(
      Holder subscriber, TelecomKind kind, AppClass appClass, String session) {
    TelecomEvent event = signal(subscriber, kind, null);
    if (event != null) {
      event.setAppClass(appClass);
      event.setSessionId(session);
    }
    return event;
  }

  void otpBurst(Holder subscriber, int count, int senders) {
    TelecomEvent event = signal(subscriber, TelecomKind.OTP_BURST, null);
    if (event != null) {
      event.setOtpCount(count);
      event.setOtpSenders(senders);
    }
    emit(event);
  }

  void newSim(Holder subscriber, TelecomKind kind, int simAgeDays) {
    TelecomEvent event = signal(subscriber, kind, null);
    if (event != null) {
      event.setSimAgeDays(simAgeDays);
    }
    emit(event);
  }

  void riskyNumber(Holder subscriber, Peer peer, int complaints, double simBankScore) {
    TelecomEvent event = signal(subscriber, TelecomKind.NUM_RISK, peer);
    if (event != null) {
      event.setComplaints(complaints);
      event.setSimBankScore(simBankScore);
    }
    emit(event);
  }

  /** A warning call that found the line busy. */
  void lineBusy(Holder subscriber, Peer peer, int attempt) {
    TelecomEvent event = signal(subscriber, TelecomKind.LINE_BUSY_ON_WARN, peer);
    if (event != null) {
      event.setAttempt(attempt);
    }
    emit(event);
  }

  /** The subscriber is in another district from now on. */
  void away(Holder subscriber, String region) {
    away.put(subscriber, region);
  }

  /** A signal with nothing more to say: forwarding, a listed link, a warning, a call declined. */
  void plain(Holder subscriber, TelecomKind kind, Peer peer) {
    emit(signal(subscriber, kind, peer));
  }

  private TelecomEvent signal(Holder subscriber, TelecomKind kind, Peer peer) {
    int serial = subscriber.signals++;
    if (!world.outbox.enabled()) {
      return null;
    }
    String source = "C" + (1 + subscriber.index % 3);
    Instant now = Instant.ofEpochMilli(world.schedule.now());
    return new TelecomEvent(
        source + ":" + Integer.toString(subscriber.index, 36) + "-" + serial,
        source,
        kind,
        now,
        now,
        world.messages.numberToken(subscriber),
        world.gaps.holderSeen(subscriber) ? world.messages.holderToken(subscriber) : null,
        null,
        peer == null ? null : world.messages.numberToken(peer),
        peer == null ? PrefixClass.UNKNOWN : peer.prefix(),
        true,
        null,
        null,
        SmsClass.NONE,
        AppClass.NONE,
        null,
        null,
        null,
        null,
        null,
        null,
        away.getOrDefault(subscriber, subscriber.region));
  }

  private void emit(TelecomEvent event) {
    if (event != null && world.gaps.telecomSeen(event.getEventId())) {
      world.outbox.post(event);
    }
  }

  /** A login or balance query from a device. */
  void access(Account account, AccessKind kind, String deviceToken) {
    emit(event(account, kind, deviceToken));
  }

  void limitChanged(Account account, String deviceToken, long newLimitFen) {
    BankAccessEvent event = event(account, AccessKind.LIMIT_CHANGED, deviceToken);
    if (event != null) {
      event.setNewLimitFen(newLimitFen);
    }
    emit(event);
  }

  void payeeAdded(Account account, Account payee, String deviceToken) {
    BankAccessEvent event = event(account, AccessKind.PAYEE_ADDED, deviceToken);
    if (event != null) {
      event.setPayeeToken(world.messages.token(payee));
    }
    emit(event);
  }

  private BankAccessEvent event(Account account, AccessKind kind, String deviceToken) {
    int serial = account.accesses++;
    if (!world.outbox.enabled() || !world.connections.has(account.bank)) {
      return null;
    }
    String source = Messages.bankCode(account.bank);
    Instant now = Instant.ofEpochMilli(world.schedule.now());
    String ip = "10." + account.holder.index % 251 + "." + account.holder.deviceGeneration + ".7";
    return new BankAccessEvent(
        source + ":A" + Integer.toString(account.index, 36) + "-" + serial,
        source,
        kind,
        now,
        now,
        world.messages.ref(account, account.balanceFen),
        Channel.MOBILE_APP,
        deviceToken,
        world.messages.addressToken(deviceToken == null ? ip : "dev" + deviceToken.substring(0, 8)),
        null,
        null,
        true);
  }

  private void emit(BankAccessEvent event) {
    if (event != null && world.gaps.accessSeen(event.getEventId())) {
      world.outbox.post(event);
    }
  }
}
