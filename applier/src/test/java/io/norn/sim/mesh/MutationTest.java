package io.norn.sim.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.sim.load.RandomCommands;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Proof that the simulation finds bugs: with one rule broken on purpose some mesh must fail. */
class MutationTest {
  private static final int MESHES = 1_000;

  @ParameterizedTest
  @CsvSource({
    "NO_BARRIER",
    "NO_WATCH",
    "STAMP_ON_ARRIVAL",
    "NAKED_MARKER_OPENS_TRANSACTION",
    "FORGET_WHEN_ANY_COVERS",
    "FORGET_BEFORE_APPLYING",
    "TYPE_FROM_WINDOW",
    "NO_REPAIR"
  })
  void shouldFindTheBrokenRule(Mutation mutation) {
    assertThat(firstFailure(mutation, plan -> plan)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"RESUME_WITHOUT_LARGEST", "NO_WATCH_OF_VECTOR"})
  void shouldFindTheBrokenRuleWhereAgentsCrash(Mutation mutation) {
    assertThat(firstFailure(mutation, MeshPlan::withManyCrashes)).isPresent();
  }

  @Test
  void shouldFindTheBrokenRuleOfStreams() {
    assertThat(firstFailure(Mutation.TRIM_AS_FOUND, plan -> plan, RandomCommands::withStreams))
        .isPresent();
  }

  @Test
  void shouldFindRemovalsThatEndWhatTheyHadNotSeen() {
    assertThat(firstFailure(Mutation.SEEN_ALL, plan -> plan.under(PolicyMeshTest.OBSERVED)))
        .isPresent();
  }

  @Test
  void shouldFindTimesToLiveThatEndWhatTheyHadNotSeen() {
    assertThat(firstFailure(Mutation.SEEN_ALL, plan -> plan.under(PolicyMeshTest.LONGEST)))
        .isPresent();
  }

  private static OptionalLong firstFailure(Mutation mutation, UnaryOperator<MeshPlan> change) {
    return firstFailure(mutation, change, commands -> commands);
  }

  private static OptionalLong firstFailure(
      Mutation mutation, UnaryOperator<MeshPlan> change, UnaryOperator<RandomCommands> load) {
    return LongStream.rangeClosed(1, MESHES)
        .parallel()
        .filter(
            seed ->
                fails(seed, mutation, change, load) && !fails(seed, Mutation.NONE, change, load))
        .findAny();
  }

  private static boolean fails(
      long seed,
      Mutation mutation,
      UnaryOperator<MeshPlan> change,
      UnaryOperator<RandomCommands> load) {
    return MeshRuns.failure(new Mesh(seed, mutation, change, load)) != null;
  }
}
