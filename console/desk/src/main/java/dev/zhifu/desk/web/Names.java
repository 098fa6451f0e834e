package dev.zhifu.desk.web;

import dev.zhifu.desk.people.People;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.view.BankDirectory;
import java.util.Map;
import java.util.stream.Collectors;

/** Names beside ids on one page; people are read when the first name is asked for. */
final class Names {
  private final People people;
  private final BankDirectory banks;
  private Map<String, String> persons;

  Names(People people, BankDirectory banks) {
    this.people = people;
    this.banks = banks;
  }

  /** Name and id of a person, name and code of a bank; the id alone where neither has it. */
  String of(String id) {
    if (persons == null) {
      persons =
          people.all().stream()
              .map(People.Listed::person)
              .collect(Collectors.toMap(Person::id, Person::name));
    }
    String name = persons.getOrDefault(id, banks.of(id).name());
    return name.equals(id) ? id : name + " " + id;
  }

  /** Phone of a bank's duty desk; empty when it is not listed. */
  String phone(String bank) {
    return banks.of(bank).dutyPhone();
  }
}
