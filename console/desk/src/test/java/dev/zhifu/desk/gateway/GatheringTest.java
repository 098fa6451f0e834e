package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatheringTest {
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final List<List<Integer>> statements = new ArrayList<>();
  private final Gathering<Integer, Integer> halves = new Gathering<>(this::halve, later::add);

  private List<Integer> halve(List<Integer> questions) {
    statements.add(questions);
    return questions.stream()
        .map(
            one -> {
              if (one % 2 != 0) {
                throw new IllegalArgumentException(one + " is odd");
              }
              return one / 2;
            })
        .toList();
  }

  private void run() {
    while (!later.isEmpty()) {
      later.poll().run();
    }
  }

  @Test
  void whatComesMeanwhileIsTheNextStatementTogether() {
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      answers.add(halves.ask(2 * i));
    }
    assertThat(later).as("one run for all of them").hasSize(1);
    run();
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i)).isCompletedWithValue(i);
    }
    assertThat(statements).extracting(List::size).containsExactly(500, 500, 200);

    CompletableFuture<Integer> next = halves.ask(8);
    run();
    assertThat(next).isCompletedWithValue(4);
  }

  @Test
  void whatIsWrongWithOneQuestionIsNoOthersFault() {
    CompletableFuture<Integer> first = halves.ask(4);
    CompletableFuture<Integer> odd = halves.ask(5);
    CompletableFuture<Integer> last = halves.ask(6);
    run();
    assertThat(first).isCompletedWithValue(2);
    assertThat(last).isCompletedWithValue(3);
    assertThatThrownBy(odd::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("5 is odd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01"})
  void aStoreThatIsAwayIsAskedOnceForAll(String sqlState) {
    Gathering<Integer, Integer> away =
        new Gathering<>(
            questions -> {
              statements.add(questions);
              throw new IllegalStateException(new SQLException("away", sqlState));
            },
            later::add);
    List<CompletableFuture<Integer>> answers = IntStream.range(0, 300).mapToObj(away::ask).toList();
    run();
    assertThat(statements).extracting(List::size).containsExactly(300);
    assertThat(answers)
        .allSatisfy(answer -> assertThatThrownBy(answer::join).hasRootCauseMessage("away"));
  }

  @Test
  void aServerThatStopsTakesNoQuestionAndKeepsNone() {
    Gathering<Integer, Integer> stopped =
        new Gathering<>(
            this::halve,
            task -> {
              throw new RejectedExecutionException("stopped");
            });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> stopped.ask(2)).isInstanceOf(RejectedExecutionException.class);
    }
    assertThat(statements).isEmpty();
  }
}
