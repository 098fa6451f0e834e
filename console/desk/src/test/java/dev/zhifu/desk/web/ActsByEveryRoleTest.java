package dev.zhifu.desk.web;

import dev.zhifu.desk.people.Role;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** The same acts, and every role that may not presses each of them in vain. */
@Tag("slow")
class ActsByEveryRoleTest extends ActsByRoleTest {
  @Override
  List<Role> refused(Act act) {
    return refusedByAll(act);
  }
}
