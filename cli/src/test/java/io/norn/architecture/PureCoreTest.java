package io.norn.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The core that decides who wins is a function of its arguments: this is what lets the simulation
 * run whole meshes from one seed.
 */
@AnalyzeClasses(packages = "io.norn", importOptions = ImportOption.DoNotIncludeTests.class)
final class PureCoreTest {
  @ArchTest
  static final ArchRule shouldNotTouchSocketsFilesThreadsOrClocks =
      core()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.net..",
                      "java.io..",
                      "java.nio.file..",
                      "java.nio.channels..",
                      "java.util.concurrent..",
                      "java.time..",
                      "javax.net..",
                      "org.slf4j..",
                      "io.norn.net..",
                      "io.norn.server..",
                      "io.norn.apply..")
                  .and(
                      not(
                          belongToAnyOf(
                              ByteArrayInputStream.class,
                              ByteArrayOutputStream.class,
                              TimeUnit.class))));

  @ArchTest
  static final ArchRule shouldNotKnowThreads =
      core().should().dependOnClassesThat(belongToAnyOf(Thread.class, ThreadLocal.class));

  @ArchTest
  static final ArchRule shouldNotAskTheSystemForTime =
      core()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule shouldNotBeRandom =
      core()
          .should()
          .callConstructor(Random.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(SecureRandom.class);

  private static GivenClassesConjunction core() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            "io.norn.clock..",
            "io.norn.stream..",
            "io.norn.command..",
            "io.norn.window..",
            "io.norn.shadow..",
            "io.norn.merge..",
            "io.norn.contest..");
  }
}
