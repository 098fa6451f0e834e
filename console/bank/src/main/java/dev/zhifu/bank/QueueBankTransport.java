package dev.zhifu.bank;

import dev.zhifu.wire.BankInbound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A transport in memory, for tests and for banks in one process with their writer. Thread-safe. */
public final class QueueBankTransport implements BankTransport {
  private final List<BankMessage> messages = new ArrayList<>();
  private final List<BankInbound> unsafe = new ArrayList<>();
  private final List<BankInbound> answers = new ArrayList<>();
  private int acknowledged;
  private int position;

  /** Puts a message on its way to the bank. */
  public synchronized void offer(BankMessage message) {
    messages.add(message);
  }

  /** The answers that are safe, oldest first. */
  public synchronized List<BankInbound> answers() {
    return List.copyOf(answers);
  }

  /** As a restart does: what was not acknowledged comes again, what was not safe is gone. */
  public synchronized void restart() {
    position = acknowledged;
    unsafe.clear();
  }

  /** As a broker does that forgot the offsets: everything comes again. */
  public synchronized void rewind() {
    acknowledged = 0;
    restart();
  }

  @Override
  public synchronized List<BankMessage> poll(Duration wait) {
    restart();
    List<BankMessage> next = List.copyOf(messages.subList(position, messages.size()));
    position = messages.size();
    return next;
  }

  @Override
  public synchronized void send(BankInbound answer) {
    unsafe.add(answer);
  }

  @Override
  public synchronized void acknowledge() {
    answers.addAll(unsafe);
    unsafe.clear();
    acknowledged = position;
  }

  @Override
  public void close() {
    // Nothing is held that must be given back.
  }
}
