package dev.zhifu.oracle;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.matching.HeapMatchStateStore;
import dev.zhifu.rules.matching.KeyMatcher;
import dev.zhifu.rules.matching.MatchSettings;
import dev.zhifu.rules.matching.MatchStateStore;
import dev.zhifu.rules.matching.Matcher;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.TelecomEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Faults that the short form must find. */
enum Fault {
  /** An event exactly at the end of the window still counts. */
  WINDOW_EDGE_OFF_BY_ONE {
    @Override
    EngineRun run(Rule rule, History history, long seed) {
      return new EngineRun(rule, history, seed) {
        @Override
        protected Rule given() {
          return RuleCopy.of(
              rule, rule.steps(), rule.withinMs() + 1, rule.afterMatch(), rule.keepsAll());
        }
      };
    }
  },
  /** An event older than the newest is dropped. */
  LATE_EVENT_IGNORED {
    @Override
    EngineRun run(Rule rule, History history, long seed) {
      return new EngineRun(rule, history, seed) {
        private long newest;

        @Override
        protected EnrichedEvent arriving(EnrichedEvent event) {
          boolean late = Signals.timeOf(event) < newest;
          newest = Math.max(newest, Signals.timeOf(event));
          return late ? null : event;
        }
      };
    }
  },
  /** A late event is stepped behind the newest instead of in its place. */
  TAIL_NOT_RUN_AGAIN {
    @Override
    EngineRun run(Rule rule, History history, long seed) {
      return new EngineRun(rule, history, seed) {
        private long newest;

        @Override
        protected EnrichedEvent arriving(EnrichedEvent event) {
          newest = Math.max(newest, Signals.timeOf(event));
          return Signals.timeOf(event) == newest ? event : at(event, newest);
        }
      };
    }
  },
  /** What is taken back is not said. */
  RETRACTION_NOT_SENT {
    @Override
    EngineRun run(Rule rule, History history, long seed) {
      return new EngineRun(rule, history, seed) {
        @Override
        protected RuleHit sent(RuleHit hit) {
          return hit.getHolds() ? hit : null;
        }
      };
    }
  },
  /** Events of one time are ordered as they came. */
  TIE_BROKEN_BY_ARRIVAL {
    @Override
    EngineRun run(Rule rule, History history, long seed) {
      return new EngineRun(rule, history, seed) {
        private final Map<String, Long> arrivals = new HashMap<>();

        @Override
        protected EnrichedEvent arriving(EnrichedEvent event) {
          EnrichedEvent copy = EnrichedEvent.newBuilder(event).build();
          long next = arrivals.size();
          copy.setSerial(arrivals.computeIfAbsent(event.getEventId(), id -> next));
          return copy;
        }
      };
    }
  },
  /** A copy counts as another event. */
  DUPLICATE_COUNTED_TWICE {
    @Override
    EngineRun run(Rule rule, History history, long seed) {
      return new EngineRun(rule, history, seed) {
        private final Set<String> seen = new HashSet<>();

        @Override
        protected EnrichedEvent arriving(EnrichedEvent event) {
          if (seen.add(event.getEventId())) {
            return event;
          }
          EnrichedEvent copy = EnrichedEvent.newBuilder(event).build();
          copy.setEventId(event.getEventId() + "#2");
          return copy;
        }
      };
    }
  },
  /** Timers stand at events only, not at the ends of windows. */
  DEADLINE_NOT_ADVANCED {
    @Override
    EngineRun run(Rule rule, History history, long seed) {
      Set<Long> times = new HashSet<>();
      history.inTime().forEach(event -> times.add(Signals.timeOf(event)));
      return new EngineRun(rule, history, seed) {
        @Override
        protected boolean keepsTimer(long atMs) {
          return times.contains(atMs);
        }
      };
    }
  },
  /** After a restore the filter of keys under way is empty. */
  FILTER_NOT_REBUILT {
    @Override
    EngineRun run(Rule rule, History history, long seed) {
      return new EngineRun(rule, history, seed) {
        private boolean underWay = true;

        @Override
        protected MatchStateStore restored(HeapMatchStateStore store) {
          underWay = false;
          return store;
        }

        @Override
        protected EnrichedEvent arriving(EnrichedEvent event) {
          underWay |= rule.steps().get(0).condition().stateFree(Signals.view(event));
          return underWay ? event : null;
        }
      };
    }
  },
  /** A snapshot has a tail that its base has eaten already. */
  BASE_FED_TWICE_AFTER_RESTORE {
    @Override
    EngineRun run(Rule rule, History history, long seed) {
      return new EngineRun(rule, history, seed) {
        private byte[] older;
        private byte[] olderAtSnapshot;

        @Override
        protected KeyMatcher deciding(KeyMatcher key, MatchStateStore store) {
          older = store.record();
          return key;
        }

        @Override
        protected void snapshotTaken() {
          olderAtSnapshot = older;
        }

        @Override
        protected MatchStateStore restored(HeapMatchStateStore store) {
          if (olderAtSnapshot != null) {
            store.putRecord(olderAtSnapshot);
          }
          return store;
        }
      };
    }
  },
  /** The fork skips matches, the base does not. */
  SKIP_STRATEGY_IN_THE_FORK_ONLY {
    @Override
    EngineRun run(Rule rule, History history, long seed) {
      return new EngineRun(rule, history, seed) {
        @Override
        protected KeyMatcher deciding(KeyMatcher key, MatchStateStore store) throws IOException {
          Rule noSkip =
              RuleCopy.of(rule, rule.steps(), rule.withinMs(), AfterMatch.NO_SKIP, rule.keepsAll());
          return new Matcher(RuleSet.of(List.of(noSkip)), MatchSettings.DEFAULT, this)
              .open(KeyKind.HOLDER, history.key(), store);
        }
      };
    }
  };

  abstract EngineRun run(Rule rule, History history, long seed);

  private static EnrichedEvent at(EnrichedEvent event, long timeMs) {
    Instant at = Instant.ofEpochMilli(timeMs);
    TelecomEvent content = TelecomEvent.newBuilder((TelecomEvent) event.getEvent()).build();
    content.setOccurredAt(at);
    EnrichedEvent copy = EnrichedEvent.newBuilder(event).build();
    copy.setOccurredAt(at);
    copy.setEvent(content);
    return copy;
  }
}
