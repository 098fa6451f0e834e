package dev.zhifu.stack.path;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.lives.People;
import dev.zhifu.stack.lives.RuleDesk;
import dev.zhifu.stack.lives.RuleText;
import dev.zhifu.wire.PublicationStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes rules while a load runs: in turn each rule's next version. Versions go on from stretch to
 * stretch of one process.
 */
final class RuleChurn implements AutoCloseable, Runnable {
  /** Real time between a publication and its event time: what all subtasks need to hear of it. */
  private static final double LEAD_SECONDS = 2;

  private static final People PEOPLE =
      new People(DemoKeys.AUTHOR, DemoKeys.APPROVER, "bench critical-path");
  private static final List<RuleText> NEWEST = new ArrayList<>();

  private final RuleDesk desk;
  private final Sender sender;
  private final int everyMs;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile int changes;

  private RuleChurn(RuleDesk desk, Sender sender, int everyMs) {
    this.desk = desk;
    this.sender = sender;
    this.everyMs = everyMs;
    this.thread = new Thread(this, "rule-changes");
  }

  /** Starts; does nothing when the plan changes no rules. */
  static RuleChurn start(StackInfo info, Path root, PathPlan plan, Sender sender) {
    if (plan.changeMs() <= 0) {
      return new RuleChurn(null, sender, 0);
    }
    if (NEWEST.isEmpty()) {
      NEWEST.addAll(live(Path.of(plan.catalogue())));
    }
    RuleDesk desk = new RuleDesk(info.access(root, "rules-cli"), info.registry());
    RuleChurn churn = new RuleChurn(desk, sender, plan.changeMs());
    churn.thread.setDaemon(true);
    churn.thread.start();
    return churn;
  }

  private static List<RuleText> live(Path catalogue) {
    try {
      List<RuleText> rules = new ArrayList<>();
      for (Rule rule : RuleSet.ofDirectory(catalogue).liveRules()) {
        rules.add(new RuleText(rule.id(), rule.version(), rule.text()));
      }
      return rules;
    } catch (IOException e) {
      throw new StackException("the catalogue cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void run() {
    long eventMs = sender.eventMs();
    long nanos = System.nanoTime();
    while (!stopped) {
      try {
        Thread.sleep(everyMs);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      double perSecond = (sender.eventMs() - eventMs) / ((System.nanoTime() - nanos) / 1e9);
      change(sender.eventMs() + (long) Math.max(LEAD_SECONDS * 1_000, LEAD_SECONDS * perSecond));
    }
  }

  private void change(long fromMs) {
    int which = changes % NEWEST.size();
    RuleText next = NEWEST.get(which).as(NEWEST.get(which).version() + 1);
    NEWEST.set(which, next);
    desk.put(RuleDesk.signed(next, PublicationStatus.LIVE, Instant.ofEpochMilli(fromMs), PEOPLE));
    changes++;
  }

  Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    if (desk != null) {
      row.put("ruleChanges", changes);
    }
    return row;
  }

  @Override
  public void close() {
    stopped = true;
    if (desk == null) {
      return;
    }
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    desk.close();
  }
}
