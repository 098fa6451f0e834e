package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.AccountQueries.Query;
import dev.zhifu.desk.acts.ActException;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.function.Consumer;

/** Takes back what a bank was asked about an account: one asks, a second person agrees. */
final class QueryPages extends PageKit {
  QueryPages(Desk desk) {
    super(desk);
  }

  void ask(Context ctx) {
    String reason = field(ctx, "reason");
    then(
        ctx,
        query -> {
          desk.queries().askWithdrawal(person(ctx), query.id(), reason, desk.engine().tick());
          desk.audit().note(person(ctx).id(), "ACCOUNT QUERY WITHDRAWAL ASKED", query.id(), reason);
        });
  }

  void confirm(Context ctx) {
    then(
        ctx,
        query -> {
          desk.queries().withdraw(person(ctx), query.id(), desk.engine().tick());
          desk.audit()
              .note(
                  person(ctx).id(),
                  "ACCOUNT QUERY WITHDRAWN",
                  query.id(),
                  query.withdrawAskedBy() + ": " + query.withdrawReason());
        });
  }

  void refuse(Context ctx) {
    then(
        ctx,
        query -> {
          desk.queries().keep(query.id());
          desk.audit()
              .note(
                  person(ctx).id(),
                  "ACCOUNT QUERY KEPT",
                  query.id(),
                  query.withdrawAskedBy() + ": " + query.withdrawReason());
        });
  }

  /** Does it and shows the query, or says why not on the page that asked. */
  private void then(Context ctx, Consumer<Query> what) {
    Query query = desk.queries().find(ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
    try {
      what.accept(query);
      desk.live().changed();
      ctx.header("HX-Redirect", "/query/" + query.id());
    } catch (ActException e) {
      fault(ctx, e);
    }
  }
}
