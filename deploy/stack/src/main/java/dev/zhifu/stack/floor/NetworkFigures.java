package dev.zhifu.stack.floor;

import dev.zhifu.rules.money.network.NetworkHit;
import dev.zhifu.rules.money.network.NetworkNode;
import dev.zhifu.rules.money.network.NetworkRule;
import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.rules.money.network.NetworkState;
import dev.zhifu.rules.money.network.PaidBefore;
import dev.zhifu.rules.money.network.TrailMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the shapes of family G find on a set, by the same code as the operator, and what they cost.
 *
 * @param set name of the set
 * @param transactions in the set
 * @param accounts in the set
 * @param illicit illicit transactions in the set
 * @param sha256 of each file read, by name
 * @param lines figures by shape, their union last
 * @param messages transfers that carried trails
 * @param trailsPerMessage trails in one of them on average
 * @param mostTrails most trails in one of them
 * @param largestState most movements, trails and partners that one account kept
 * @param microsPerMovement CPU time of a movement, microseconds
 * @param hubs accounts with as many partners in all as make a hub within the window
 * @param alertsOnHubs alerts of all shapes that name one of these
 */
public record NetworkFigures(
    String set,
    int transactions,
    int accounts,
    int illicit,
    Map<String, String> sha256,
    List<NetworkLine> lines,
    long messages,
    double trailsPerMessage,
    int mostTrails,
    int largestState,
    double microsPerMovement,
    int hubs,
    int alertsOnHubs) {
  private static final double FEN = 100;

  /** A set begins without history: for a day nobody can say who pays whom for the first time. */
  private static final long LEARNING_MS = 24 * 3_600_000L;

  /** The shapes by the labels' words for them; a chain has none. */
  private static String typology(NetworkRule kind) {
    return switch (kind) {
      case CYCLE, SCATTER_GATHER, GATHER_SCATTER -> kind.name().toLowerCase(Locale.ROOT);
      case LAYERED_CHAIN -> "any";
    };
  }

  /** Reads one set and runs the shapes over it in the order of time. */
  public static NetworkFigures of(Path folder, String name, NetworkSettings settings) {
    FloorSet set = FloorSet.read(folder, name);
    Map<String, String> sums = new TreeMap<>();
    set.files().forEach(file -> sums.put(file.getFileName().toString(), FileSum.sha256(file)));
    return new Run(set, settings).figures(sums);
  }

  /** One shape's finds. */
  private static final class Found {
    private final BitSet transactions = new BitSet();
    private final Set<String> accounts = new HashSet<>();
    private final Set<String> ends = new HashSet<>();
    private final Map<Integer, Long> at = new HashMap<>();

    void add(NetworkHit hit) {
      accounts.add(hit.account());
      ends.add(hit.account() + " " + hit.other());
      for (String id : hit.ids()) {
        int index = Integer.parseInt(id);
        transactions.set(index);
        at.merge(index, hit.at(), Math::min);
      }
    }

    void add(Found other) {
      transactions.or(other.transactions);
      accounts.addAll(other.accounts);
      ends.addAll(other.ends);
      other.at.forEach((index, when) -> at.merge(index, when, Math::min));
    }
  }

  /** One pass. */
  private static final class Run {
    private final FloorSet set;
    private final NetworkSettings settings;
    private final NetworkNode node;
    private final Map<String, NetworkState> states = new HashMap<>();
    private final Map<String, PaidBefore> paid = new HashMap<>();
    private final Map<String, Set<String>> partners = new HashMap<>();
    private final Map<NetworkRule, Found> found = new LinkedHashMap<>();
    private long messages;
    private long trails;
    private int mostTrails;
    private int largest;

    Run(FloorSet set, NetworkSettings settings) {
      this.set = set;
      this.settings = settings;
      long first = set.movements().isEmpty() ? 0 : set.movements().get(0).atMs();
      this.node = new NetworkNode(settings, first + LEARNING_MS);
      for (NetworkRule kind : NetworkRule.values()) {
        found.put(kind, new Found());
      }
    }

    NetworkFigures figures(Map<String, String> sums) {
      long began = System.nanoTime();
      for (Movement movement : set.movements()) {
        if (movement.isTransfer() && !movement.payer().equals(movement.payee())) {
          see(movement);
        }
      }
      double micros = (System.nanoTime() - began) / 1e3 / Math.max(1, set.movements().size());
      List<NetworkLine> lines = new ArrayList<>();
      Found all = new Found();
      found.forEach(
          (kind, one) -> {
            all.add(one);
            lines.add(
                line(kind.id() + " " + kind.name().toLowerCase(Locale.ROOT), one, typology(kind)));
          });
      lines.add(line("all four", all, "any"));
      Set<String> hubs = new HashSet<>();
      partners.forEach(
          (account, others) -> {
            if (others.size() >= settings.hub()) {
              hubs.add(account);
            }
          });
      int onHubs = (int) all.ends.stream().filter(end -> hubs.contains(end.split(" ")[0])).count();
      return new NetworkFigures(
          set.name(),
          set.movements().size(),
          set.accounts(),
          set.illicit().size(),
          sums,
          lines,
          messages,
          messages == 0 ? 0 : trails / (double) messages,
          mostTrails,
          largest,
          micros,
          hubs.size(),
          onHubs);
    }

    private void see(Movement movement) {
      partners.computeIfAbsent(movement.payer(), any -> new HashSet<>()).add(movement.payee());
      partners.computeIfAbsent(movement.payee(), any -> new HashSet<>()).add(movement.payer());
      PaidBefore before =
          paid.computeIfAbsent(movement.payer(), any -> new PaidBefore(settings.partners()));
      if (!before.isFirst(movement.payee())) {
        return;
      }
      NetworkState payer = state(movement.payer());
      payer.remembers(before.size());
      tell(
          node.pays(
              payer,
              new TrailMessage(
                  String.valueOf(movement.index()),
                  movement.atMs(),
                  Math.round(movement.yuan() * FEN),
                  movement.payer(),
                  movement.payee(),
                  List.of()),
              this::found));
      weigh(payer);
    }

    private void tell(TrailMessage message) {
      if (message != null) {
        messages++;
        trails += message.trails().size();
        mostTrails = Math.max(mostTrails, message.trails().size());
        NetworkState payee = state(message.payee());
        node.isPaid(payee, message, this::found, this::tell);
        weigh(payee);
      }
    }

    private void weigh(NetworkState state) {
      largest = Math.max(largest, state.size());
    }

    private NetworkState state(String account) {
      return states.computeIfAbsent(account, any -> new NetworkState());
    }

    private void found(NetworkHit hit) {
      found.get(hit.kind()).add(hit);
    }

    private NetworkLine line(String rule, Found one, String typology) {
      int right = 0;
      int decoys = 0;
      int own = 0;
      int pointed = one.transactions.cardinality();
      for (int i = one.transactions.nextSetBit(0); i >= 0; i = one.transactions.nextSetBit(i + 1)) {
        right += set.illicit().containsKey(i) ? 1 : 0;
        decoys += set.decoys().containsKey(i) ? 1 : 0;
        own += fits(set.illicit().get(i), typology) ? 1 : 0;
      }
      long wanted = set.illicit().values().stream().filter(word -> fits(word, typology)).count();
      Double precision = ratio(right, pointed);
      Double recall = ratio(own, wanted);
      Cases cases = cases(set.illicit(), one, typology);
      Cases decoyCases = cases(set.decoys(), one, typology);
      return new NetworkLine(
          rule,
          typology,
          one.ends.size(),
          pointed,
          precision,
          ratio(right, pointed - decoys),
          recall,
          f1(precision, recall),
          cases.all,
          cases.found,
          cases.inTime,
          decoyCases.all,
          decoyCases.found,
          one.accounts.size() * 10_000.0 / Math.max(1, set.accounts()));
    }

    private record Cases(int all, int found, int inTime) {}

    /** A case is found by a shape that holds one of its transactions. */
    private Cases cases(Map<Integer, String> labels, Found one, String typology) {
      Map<String, Long> last = new HashMap<>();
      Map<String, Long> first = new HashMap<>();
      labels.forEach(
          (index, word) -> {
            if (fits(word, typology)) {
              String of = set.cases().get(index);
              last.merge(of, set.movements().get(index).atMs(), Math::max);
              Long at = one.at.get(index);
              if (at != null) {
                first.merge(of, at, Math::min);
              }
            }
          });
      int inTime =
          (int) first.entrySet().stream().filter(e -> e.getValue() < last.get(e.getKey())).count();
      return new Cases(last.size(), first.size(), inTime);
    }

    private static boolean fits(String word, String typology) {
      return word != null && (typology.equals("any") || word.equals(typology));
    }

    private static Double ratio(long part, long whole) {
      return whole == 0 ? null : (double) part / whole;
    }

    private static Double f1(Double precision, Double recall) {
      if (precision == null || recall == null) {
        return null;
      }
      return precision + recall == 0 ? 0.0 : 2 * precision * recall / (precision + recall);
    }
  }
}
