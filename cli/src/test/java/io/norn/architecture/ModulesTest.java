package io.norn.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom, and where foreign libraries live. */
@AnalyzeClasses(packages = "io.norn", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModulesTest {
  @ArchTest
  static final ArchRule shouldDependInOneDirection =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("server-client")
          .definedBy("io.norn.net..", "io.norn.server..")
          .layer("testkit")
          .definedBy("io.norn.testkit..")
          .layer("psync-client")
          .definedBy("io.norn.psync..", "io.norn.resp..", "io.norn.rdb..")
          .layer("journal")
          .definedBy("io.norn.journal..")
          .layer("applier")
          .definedBy(
              "io.norn.clock..",
              "io.norn.stream..",
              "io.norn.command..",
              "io.norn.window..",
              "io.norn.shadow..",
              "io.norn.merge..",
              "io.norn.apply..")
          .layer("agent")
          .definedBy("io.norn.agent..")
          .layer("examples")
          .definedBy("io.norn.examples..")
          .layer("cli")
          .definedBy("io.norn.cli..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("examples")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("agent")
          .mayOnlyBeAccessedByLayers("examples", "cli")
          .whereLayer("testkit")
          .mayOnlyBeAccessedByLayers("examples")
          .whereLayer("psync-client")
          .mayOnlyBeAccessedByLayers("agent")
          .whereLayer("journal")
          .mayOnlyBeAccessedByLayers("agent")
          .whereLayer("applier")
          .mayOnlyBeAccessedByLayers("agent");

  @ArchTest
  static final ArchRule shouldHaveNoCyclesBetweenPackages =
      slices().matching("io.norn.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule shouldKeepChronicleInOnePackage =
      onlyIn("io.norn.journal.chronicle..", "net.openhft..");

  @ArchTest
  static final ArchRule shouldKeepTheReplicatorInOnePackage =
      onlyIn("io.norn.rdb..", "com.moilioncircle..");

  @ArchTest
  static final ArchRule shouldKeepJedisInOnePackage = onlyIn("io.norn.server..", "redis.clients..");

  @ArchTest
  static final ArchRule shouldKeepPrometheusInOnePackage =
      onlyIn("io.norn.agent.metrics..", "io.prometheus..");

  @ArchTest
  static final ArchRule shouldKeepTheHttpServerInOnePackage =
      onlyIn("io.norn.agent.http..", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule shouldKeepPicocliInOnePackage = onlyIn("io.norn.cli..", "picocli..");

  @ArchTest
  static final ArchRule shouldKnowLogbackInTheProgramsOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.norn.agent..", "io.norn.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ch.qos.logback..");

  private static ArchRule onlyIn(String ours, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ours)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
