package dev.zhifu.desk.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.TestStore;
import dev.zhifu.desk.store.Store;
import org.junit.jupiter.api.Test;

class PeopleTest {
  @Test
  void aConsolesFirstStartAddsTheDemosPeople() {
    try (DeskRig rig = DeskRig.first("firststart")) {
      assertThat(rig.one("select count(*) from own.person", Integer.class))
          .isEqualTo(DemoPeople.all().size());
      HttpPerson officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
      assertThat(officer.get("/queue").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoIsThereIsLeftAsHeIs() {
    try (Store store = TestStore.fresh("people")) {
      People people = new People(store);
      people.add(new Person("one", "甲", Role.OFFICER, null), "first");
      people.add(new Person("one", "乙", Role.ADMIN, null), "second");
      assertThat(people.login("one", "second")).isEmpty();
      assertThat(people.login("one", "first"))
          .hasValueSatisfying(
              person -> {
                assertThat(person.name()).isEqualTo("甲");
                assertThat(person.role()).isEqualTo(Role.OFFICER);
              });
    }
  }
}
