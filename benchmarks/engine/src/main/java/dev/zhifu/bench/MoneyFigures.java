package dev.zhifu.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.rules.money.refund.RefundClass;
import dev.zhifu.rules.money.refund.Refunds;
import dev.zhifu.rules.money.trace.Statement;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.workload.CitySummary;
import dev.zhifu.workload.LostWhy;
import dev.zhifu.workload.StoryMoneyFate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one closed loop came to, by the truth of its city. */
final class MoneyFigures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Long> sums = new TreeMap<>();
  private final Map<String, Long> paidHow = new TreeMap<>();
  private final Map<String, Long> lostWhy = new TreeMap<>();
  private final Map<String, Long> lostAs = new TreeMap<>();
  private int stories;

  private MoneyFigures() {}

  /**
   * The figures as JSON.
   *
   * @param without what the same stories take with nobody to stop them
   * @param cut codes of banks that are not connected
   */
  static ObjectNode of(
      MoneyPoint point, MoneyLoop loop, List<StoryMoneyFate> without, List<String> cut) {
    Map<String, StoryMoneyFate> alone = new HashMap<>();
    without.forEach(fate -> alone.put(fate.storyId(), fate));
    MoneyFigures all = new MoneyFigures();
    Map<String, MoneyFigures> byTypology = new TreeMap<>();
    ObjectNode json = JSON.createObjectNode();
    json.put("config", point.name());
    json.put("rules", point.rules());
    json.put("authorisation", point.authorisation());
    json.put("officerSeconds", point.officerSeconds());
    json.put("bankP50Seconds", point.bankP50Seconds());
    json.put("bankP99Seconds", point.bankP99Seconds());
    json.put("connectedBanks", point.connectedBanks());
    json.set("unconnected", JSON.valueToTree(cut));
    ArrayNode each = JSON.createArrayNode();
    for (StoryMoneyFate fate : loop.city().fates()) {
      long loss = lossFen(alone.get(fate.storyId()));
      all.add(fate, loss);
      byTypology.computeIfAbsent(fate.typology(), kind -> new MoneyFigures()).add(fate, loss);
      each.add(
          JSON.createArrayNode()
              .add(fate.typology())
              .add(loss)
              .add(fate.heldWithVictimFen() + fate.heldOnMulesFen())
              .add(fate.stoppedFen())
              .add(fate.ceilingFen())
              .add(fate.heldOnMulesFen())
              .add(fate.lostWhy().getOrDefault(LostWhy.ON_A_STOPPED_ACCOUNT, 0L))
              .add(lost(fate)));
    }
    all.into(json);
    ObjectNode kinds = json.putObject("typologies");
    byTypology.forEach((kind, figures) -> figures.into(kinds.putObject(kind)));
    json.set("perStory", each);
    effects(json, loop);
    return json;
  }

  /** Gone, or where nothing keeps it. */
  private static long lost(StoryMoneyFate fate) {
    long lost = -fate.rebateFen();
    for (Map.Entry<LostWhy, Long> part : fate.lostWhy().entrySet()) {
      boolean there =
          part.getKey() == LostWhy.ON_A_STOPPED_ACCOUNT || part.getKey() == LostWhy.STILL_HELD;
      lost += there ? 0 : part.getValue();
    }
    return lost;
  }

  private static long lossFen(StoryMoneyFate fate) {
    return fate == null ? 0 : fate.paidFen() - fate.rebateFen();
  }

  private void add(StoryMoneyFate fate, long loss) {
    stories++;
    sum("lossWithoutFen", loss);
    sum("paidFen", fate.paidFen());
    sum("rebateFen", fate.rebateFen());
    sum("heldWithVictimFen", fate.heldWithVictimFen());
    sum("heldOnMulesFen", fate.heldOnMulesFen());
    sum("stoppedFen", fate.stoppedFen());
    sum("preventedFen", fate.preventedFen());
    sum("heldAtEndFen", fate.heldAtEndFen());
    sum("ceilingFen", fate.ceilingFen());
    fate.paidHow().forEach((how, fen) -> paidHow.merge(how.name(), fen, Long::sum));
    fate.lostWhy().forEach((why, fen) -> lostWhy.merge(why.name(), fen, Long::sum));
    fate.lostAs().forEach((way, fen) -> lostAs.merge(way, fen, Long::sum));
  }

  private void sum(String name, long fen) {
    sums.merge(name, fen, Long::sum);
  }

  private void into(ObjectNode json) {
    json.put("stories", stories);
    sums.forEach(json::put);
    json.set("paidHow", JSON.valueToTree(paidHow));
    json.set("lostWhy", JSON.valueToTree(lostWhy));
    json.set("lostAs", JSON.valueToTree(lostAs));
  }

  private static void effects(ObjectNode json, MoneyLoop loop) {
    CitySummary city = loop.city().summary();
    json.put("events", loop.events());
    json.put("steps", loop.steps());
    json.put("balanceStoppedFen", city.balanceStoppedFen());
    json.put("stops", city.stops());
    json.put("riskHolds", city.riskHolds());
    json.put("holdAnswers", city.holdAnswers());
    json.put("warningsToVictims", city.warningsToVictims());
    json.put("reportsAccepted", city.reportsAccepted());
    json.put("signedByOfficers", city.requestsSigned());
    json.put("rejectedByOfficers", city.requestsRejected());
    json.put("wrongOrders", city.wrongOrders());
    json.put("lateOrders", city.lateOrders());
    json.put("unheard", loop.banks().unheard());
    json.set("signedByOrigin", JSON.valueToTree(loop.signedByOrigin()));
    json.set("receipts", JSON.valueToTree(loop.banks().results()));
    Map<String, Integer> states = new TreeMap<>();
    Set<String> stopped = new HashSet<>();
    for (StopPaymentRequest request : loop.orders().values()) {
      states.merge(request.getState().name(), 1, Integer::sum);
      if (request.getState() == OrderState.ACTIVE) {
        stopped.add(request.getTarget().getAccountToken());
      }
    }
    json.set("ordersByState", JSON.valueToTree(states));
    refunds(json, loop, stopped);
  }

  /**
   * What could be frozen and returned from the accounts stopped when the run ends, by the trace
   * alone: each account's traced money is frozen within its 48 hours, and returned by art. 8.
   */
  private static void refunds(ObjectNode json, MoneyLoop loop, Set<String> stopped) {
    Map<String, List<Statement>> byAccount = new TreeMap<>();
    for (Statement statement : loop.stated().statements()) {
      if (stopped.contains(statement.account().token())) {
        byAccount
            .computeIfAbsent(statement.account().token(), account -> new ArrayList<>())
            .add(statement);
      }
    }
    long frozen = 0;
    long refunded = 0;
    for (List<Statement> statements : byAccount.values()) {
      long there = 0;
      List<Refunds.Claimed> claims = new ArrayList<>();
      for (Statement statement : statements) {
        there += Math.max(statement.remaining().fifo(), statement.remaining().proRata());
        claims.add(claim(statement));
      }
      long sum = Math.min(there, statements.get(0).balanceFen());
      if (sum > 0) {
        frozen += sum;
        refunded +=
            Refunds.allocate(sum, sum, claims, RatioMode.NORMALISED).refunds().stream()
                .mapToLong(Refunds.Refund::fen)
                .sum();
      }
    }
    json.put("frozenFen", frozen);
    json.put("refundedFen", refunded);
  }

  private static Refunds.Claimed claim(Statement statement) {
    boolean clear =
        statement.remaining().fifo() == statement.remaining().proRata()
            && !statement.remaining().ambiguous();
    long in =
        statement.inflows().stream()
            .mapToLong(i -> clear ? i.share().fifo() : i.share().proRata())
            .sum();
    long there = clear ? statement.remaining().fifo() : statement.remaining().proRata();
    return new Refunds.Claimed(
        statement.claim(),
        clear ? RefundClass.TIMESTAMP : RefundClass.PRORATA,
        Math.max(in, there),
        there,
        0);
  }
}
