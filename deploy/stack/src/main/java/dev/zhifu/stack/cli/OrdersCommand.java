package dev.zhifu.stack.cli;

import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.broker.TopicWriter;
import dev.zhifu.stack.demo.OfficerDesk;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.workload.OfficerActDraft;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhifu orders}: what a duty officer does by hand in a running demo. */
@Command(
    name = "orders",
    description =
        "Stop-payment requests and orders of the running demo; sign or reject by hand with a DEMO key.",
    mixinStandardHelpOptions = true,
    subcommands = {
      OrdersCommand.ListAll.class,
      OrdersCommand.Sign.class,
      OrdersCommand.Reject.class,
      OrdersCompare.class
    })
final class OrdersCommand implements Runnable {
  private static final String REQUESTS = "stop.requests";
  private static final String OFFICERS = "officers";
  private static final int SHORTEST_PREFIX = 6;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given: list, sign, reject or compare");
  }

  @Command(
      name = "list",
      description = "One line an order, unsigned requests last.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @Mixin private TopicSource source;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Option(names = "--open", description = "only what waits for an officer")
    private boolean open;

    @Override
    public Integer call() {
      List<StopPaymentRequest> shown =
          newest(source).stream()
              .filter(request -> !open || request.getState() == OrderState.DRAFT)
              .sorted(
                  Comparator.comparing(
                          (StopPaymentRequest request) -> request.getState() == OrderState.DRAFT)
                      .thenComparing(StopPaymentRequest::getTickAt))
              .toList();
      PrintWriter out = spec.commandLine().getOut();
      shown.forEach(request -> out.println(line(request)));
      out.println(shown.size() + " orders");
      json.write(Map.of("orders", shown.stream().map(OrdersCommand::row).toList()));
      return 0;
    }
  }

  @Command(
      name = "sign",
      description = "Signs one request as an officer of the demo.",
      mixinStandardHelpOptions = true)
  static final class Sign implements Callable<Integer> {
    @Mixin private ByHand hand;

    @Override
    public Integer call() {
      return hand.act(ActKind.SIGN_ORDER);
    }
  }

  @Command(
      name = "reject",
      description = "Rejects one request as an officer of the demo.",
      mixinStandardHelpOptions = true)
  static final class Reject implements Callable<Integer> {
    @Mixin private ByHand hand;

    @Override
    public Integer call() {
      return hand.act(ActKind.REJECT_REQUEST);
    }
  }

  /** One act by hand. */
  static final class ByHand {
    @Mixin private TopicSource source;
    @Mixin private JsonOption json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
        paramLabel = "ORDER",
        description = "order id as list prints it, or its first digits")
    private String orderId;

    @Option(
        names = "--officer",
        defaultValue = "officer-1",
        paramLabel = "ID",
        description = "officer-1 to officer-4 (default: ${DEFAULT-VALUE})")
    private String officer;

    @Option(
        names = "--reason",
        defaultValue = "decided by hand",
        paramLabel = "WORDS",
        description = "why")
    private String reason;

    int act(ActKind kind) {
      if (!officer.matches("officer-[1-4]")) {
        throw new ParameterException(
            spec.commandLine(),
            "--officer is '" + officer + "'; it must be officer-1 to officer-4");
      }
      StopPaymentRequest request = find();
      if (request.getState() != OrderState.DRAFT) {
        throw new StackException(
            "order "
                + request.getOrderId()
                + " is "
                + request.getState()
                + "; only a DRAFT can be signed or rejected");
      }
      OfficerAct act = signed(kind, request);
      try (TopicWriter writer =
          new TopicWriter(source.stack().access(OFFICERS), source.stack().info().registry())) {
        writer.write("officer.acts", act.getObjectId(), act);
      }
      json.write(
          Map.of(
              "actId", act.getActId(), "kind", kind.toString(), "orderId", request.getOrderId()));
      spec.commandLine()
          .getOut()
          .println(
              officer
                  + " decided "
                  + kind
                  + " on "
                  + request.getOrderId()
                  + "; see zhifu orders list for what became of it");
      return 0;
    }

    private OfficerAct signed(ActKind kind, StopPaymentRequest request) {
      OfficerActDraft draft =
          new OfficerActDraft(
              "hand-" + UUID.randomUUID(),
              kind,
              officer,
              "DUTY_OFFICER",
              clock(source),
              request.getOrderId(),
              request.getTarget().getAccountToken(),
              reason,
              null);
      try {
        return new OfficerDesk().sign(draft, request);
      } catch (CryptoException e) {
        throw new StackException(e.getMessage(), e);
      }
    }

    private StopPaymentRequest find() {
      if (orderId.length() < SHORTEST_PREFIX) {
        throw new ParameterException(
            spec.commandLine(),
            "'"
                + orderId
                + "' is too short; give at least "
                + SHORTEST_PREFIX
                + " digits of the order id");
      }
      List<StopPaymentRequest> found =
          newest(source).stream()
              .filter(request -> request.getOrderId().startsWith(orderId))
              .toList();
      if (found.size() != 1) {
        throw new ParameterException(
            spec.commandLine(),
            found.size() + " orders start with '" + orderId + "'; see zhifu orders list");
      }
      return found.get(0);
    }
  }

  /** The time of the stack's clock: the city's in a demo. */
  private static Instant clock(TopicSource source) {
    try (TopicReader reader = source.reader(OFFICERS)) {
      return reader.readAll(List.of("clock.ticks"), ClockTick.class).stream()
          .map(ClockTick::getAt)
          .max(Comparator.naturalOrder())
          .orElseThrow(
              () ->
                  new StackException("the clock has not ticked yet; wait until the city is live"));
    }
  }

  private static Collection<StopPaymentRequest> newest(TopicSource source) {
    Map<String, StopPaymentRequest> newest = new LinkedHashMap<>();
    try (TopicReader reader = source.reader(OFFICERS)) {
      for (StopPaymentRequest request :
          reader.readAll(List.of(REQUESTS), StopPaymentRequest.class)) {
        newest.merge(
            request.getOrderId(),
            request,
            (old, next) -> next.getSequence() > old.getSequence() ? next : old);
      }
    }
    return newest.values();
  }

  private static String line(StopPaymentRequest request) {
    return String.format(
        "%s  %-10s %-6s %s %10.2f yuan  score %.2f  %s%s",
        request.getOrderId().substring(0, 16),
        request.getState(),
        request.getOrigin(),
        request.getTarget().getBank(),
        request.getTransferAmountFen() / 100.0,
        request.getScore(),
        request.getReasonCode(),
        request.getUnsigned().isEmpty() ? "" : "  unsigned: " + request.getUnsigned());
  }

  private static Map<String, Object> row(StopPaymentRequest request) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("orderId", request.getOrderId());
    row.put("applicationId", request.getApplicationId());
    row.put("state", request.getState().toString());
    row.put("origin", request.getOrigin().toString());
    row.put("bank", request.getTarget().getBank());
    row.put("accountToken", request.getTarget().getAccountToken());
    row.put("transferAmountFen", request.getTransferAmountFen());
    row.put("tracedFen", request.getTracedFen());
    row.put("score", request.getScore());
    row.put("reasonCode", request.getReasonCode().toString());
    row.put("unsigned", request.getUnsigned().stream().map(Enum::toString).toList());
    row.put("basisAt", request.getBasisAt().toString());
    return row;
  }
}
