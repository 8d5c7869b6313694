// SPDX-License-Identifier: Apache-2.0
package io.cloister.it.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The walls between modules, and the habits that make privacy code testable. */
class ModuleWallsTest {
  private static final JavaClasses CLOISTER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.cloister");

  private static final DescribedPredicate<JavaClass> MAY_KNOW_KAFKA =
      resideInAnyPackage("..topology..", "io.cloister.common.kafka..", "io.cloister.app..");

  @Test
  void everyModuleIsLookedAt() {
    for (String root :
        new String[] {"schemas", "common", "scrub", "anonymize", "aggregate", "app"}) {
      assertThat(CLOISTER.stream().map(JavaClass::getPackageName))
          .as(root)
          .anyMatch(name -> name.startsWith("io.cloister." + root));
    }
  }

  @Test
  void enginesKnowNothingOfKafka() {
    noClasses()
        .that(DescribedPredicate.not(MAY_KNOW_KAFKA))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..")
        .check(CLOISTER);
  }

  @Test
  void enginesKnowNothingOfTheirTopologies() {
    noClasses()
        .that(resideOutsideOfPackages("..topology..", "io.cloister.app.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.cloister..topology..")
        .check(CLOISTER);
  }

  @Test
  void stagesKnowNothingOfEachOther() {
    slices()
        .matching("io.cloister.(scrub|anonymize|aggregate)..")
        .should()
        .notDependOnEachOther()
        .check(CLOISTER);
  }

  @Test
  void dependenciesPointOneWay() {
    noClasses()
        .that()
        .resideInAPackage("io.cloister.common..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.cloister.scrub..",
            "io.cloister.anonymize..",
            "io.cloister.aggregate..",
            "io.cloister.app..")
        .check(CLOISTER);
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.cloister.scrub..", "io.cloister.anonymize..", "io.cloister.aggregate..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.cloister.app..")
        .check(CLOISTER);
  }

  @Test
  void onlyTheAppReadsTheSystemClockOrSystemRandomness() {
    noClasses()
        .that(resideOutsideOfPackages("io.cloister.app.."))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .check(CLOISTER);
  }

  @Test
  void nothingStaticCanChange() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage("io.cloister..")
        .should()
        .beFinal()
        .check(CLOISTER);
  }

  @Test
  void classesAreFinalUnlessTheyAreAbstract() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLOISTER);
  }

  @Test
  void onlyTheCommandLinePrintsToTheProcessOutputs() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.cloister.app.cli.Main")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLOISTER);
  }
}
