package dev.zhifu.desk.projection;

import java.util.HashSet;
import java.util.Set;

/** What a batch of records was about, so that lines are made anew and pages told. */
final class Touched {
  final Set<String> cases = new HashSet<>();
  final Set<String> orders = new HashSet<>();
  final Set<String> hits = new HashSet<>();
  final Set<String> accounts = new HashSet<>();
  final Set<String> reports = new HashSet<>();
  final Set<String> objects = new HashSet<>();
  boolean clock;

  void fraudCase(String caseId) {
    cases.add(caseId);
  }

  void order(String orderId) {
    orders.add(orderId);
    objects.add(orderId);
  }

  void hit(String hitId) {
    hits.add(hitId);
  }

  void account(String accountToken) {
    accounts.add(accountToken);
  }

  void report(String reportId) {
    reports.add(reportId);
  }

  void object(String objectId) {
    objects.add(objectId);
  }

  void clock() {
    clock = true;
  }
}
