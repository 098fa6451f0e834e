package dev.zhifu.bank.check;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** Plays every case over a link, one after the other. */
public final class BankCheck {
  private final Link link;
  private final String bank;
  private final Clock clock;
  private final Duration patience;

  /**
   * @param link how it speaks to the bank
   * @param bank code of the bank
   * @param clock the wall clock: both sides judge terms by theirs
   * @param patience longest wait for one answer
   */
  public BankCheck(Link link, String bank, Clock clock, Duration patience) {
    this.link = link;
    this.bank = bank;
    this.clock = clock;
    this.patience = patience;
  }

  /** Id, what it proves, what must be found and what to do, of every case. */
  public static List<Outcome> list() {
    return Cases.all().stream()
        .map(one -> new Outcome(one.id(), one.proves(), one.expected(), "", one.todo(), false))
        .toList();
  }

  /** Every case that the link can carry, in their order. */
  public List<Outcome> run() {
    return run(id -> true);
  }

  /** The cases whose ids fit: each stands for itself. */
  List<Outcome> run(Predicate<String> ids) {
    // Ids differ from run to run, so that a bank's ledger of the last run answers nothing.
    Talk talk = new Talk(link, bank, UUID.randomUUID().toString(), clock, patience);
    List<Outcome> outcomes = new ArrayList<>();
    for (Case one :
        Cases.all().stream()
            .filter(one -> ids.test(one.id()))
            .filter(one -> link.carriesReleases() || !one.aboutReleases())
            .toList()) {
      String found;
      try {
        found = one.trial().play(talk);
      } catch (Talk.SilenceException e) {
        found = e.getMessage();
      }
      outcomes.add(Outcome.of(one.id(), one.proves(), one.expected(), found, one.todo()));
    }
    return outcomes;
  }
}
