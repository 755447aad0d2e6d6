package dev.bowline.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;
import java.util.regex.Pattern;

/// What byte code can show. `base` is the package that a rule looks below, so that each rule can be
/// tried on wrong code.
final class HouseRules {
    private static final Set<String> STREAMS = Set.of("out", "err", "in");
    private static final Set<String> STREAM_OWNERS =
            Set.of("java.lang.System", "java.io.FileDescriptor");
    private static final Set<String> BARE =
            Set.of(
                    "java.lang.RuntimeException",
                    "java.lang.Exception",
                    "java.lang.Throwable",
                    "java.lang.Error");

    private HouseRules() {}

    static ArchRule roomsLookOnlyDown(String base) {
        return classes()
                .should(new LooksOnlyDown(base))
                .because(
                        "ARCHITECTURE.md, rooms: a reader of a room needs only the rooms below it");
    }

    static ArchRule packagesHaveNoCycles(String base) {
        return SlicesRuleDefinition.slices()
                .assignedFrom(new ByPackage(base))
                .should()
                .beFreeOfCycles()
                .because(
                        "ARCHITECTURE.md, rooms: packages in a cycle can only be read, tested and changed together");
    }

    static ArchRule packagesAreNullMarked(String base) {
        return classes()
                .that()
                .resideInAPackage(base + "..")
                .should(beInANullMarkedPackage())
                .because(
                        "CONTRIBUTING.md: NullAway checks only code whose package says that nothing is null");
    }

    static ArchRule onlyJsonKnowsTheJsonLibrary(String base) {
        var mayKnow =
                Pattern.compile(Pattern.quote(base) + "\\.(json|[^.]+\\.(.+\\.)?(json|wire))");
        return noClasses()
                .that(
                        residesIn(
                                "outside of the json rooms",
                                name -> !mayKnow.matcher(name).matches()))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
                .because(
                        "ARCHITECTURE.md, rooms: one place maps names, and the library can be exchanged there");
    }

    static ArchRule nobodyTouchesStandardStreams() {
        return noClasses()
                .should()
                .accessFieldWhere(fieldAccess("a standard stream", HouseRules::isStandardStream))
                .orShould()
                .callMethodWhere(
                        call(
                                "a method that writes to a standard stream",
                                HouseRules::usesStandardStream))
                .because(
                        "ARCHITECTURE.md, rooms: a library that prints corrupts its host's output; only cli prints");
    }

    static ArchRule nobodyThrowsABareException() {
        return noClasses()
                .should()
                .callConstructorWhere(
                        constructorCall("a bare exception's", HouseRules::makesABareException))
                .because(
                        "docs/errors.md: a caller must be able to tell by type and code what happened");
    }

    static ArchRule nothingPublicIsAsynchronous() {
        return classes()
                .should(
                        new PublicSignature(
                                "show no future, completion stage or flow in a public signature",
                                type ->
                                        Set.of(
                                                                "java.util.concurrent.CompletableFuture",
                                                                "java.util.concurrent.CompletionStage",
                                                                "java.util.concurrent.Future")
                                                        .contains(type.getName())
                                                || type.getName()
                                                        .startsWith("java.util.concurrent.Flow")
                                                || type.getName()
                                                        .startsWith("org.reactivestreams.")))
                .because(
                        "docs/concurrency.md: everything blocks on virtual threads; there is one style, not two");
    }

    static ArchRule nothingPublicIsThirdParty(String base) {
        return classes()
                .should(
                        new PublicSignature(
                                "show only our own types and the JDK's in a public signature",
                                type ->
                                        !type.isPrimitive()
                                                && !type.getName().startsWith("java.")
                                                && !type.getName().startsWith("javax.")
                                                && !type.getName().startsWith(base + ".")))
                .because(
                        "ARCHITECTURE.md, rooms: a library in our signatures could never be exchanged or updated");
    }

    private static boolean isStandardStream(JavaFieldAccess access) {
        return STREAM_OWNERS.contains(access.getTargetOwner().getName())
                && STREAMS.contains(access.getName());
    }

    private static boolean usesStandardStream(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        return owner.getName().equals("java.lang.IO")
                || (owner.getName().equals("java.lang.System") && call.getName().equals("console"))
                || (owner.isAssignableTo(Throwable.class)
                        && call.getName().equals("printStackTrace")
                        && call.getTarget().getRawParameterTypes().isEmpty());
    }

    private static boolean makesABareException(JavaConstructorCall call) {
        var made = call.getTargetOwner();
        return BARE.contains(made.getName())
                && !call.getOriginOwner().isAssignableTo(made.getName());
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    type,
                                    type.getPackageName()
                                            + " of "
                                            + type.getName()
                                            + " is not @NullMarked"));
                }
            }
        };
    }

    private static DescribedPredicate<JavaClass> residesIn(
            String description, java.util.function.Predicate<String> packageName) {
        return DescribedPredicate.describe(
                description, type -> packageName.test(type.getPackageName()));
    }

    private static DescribedPredicate<JavaFieldAccess> fieldAccess(
            String description, java.util.function.Predicate<JavaFieldAccess> test) {
        return DescribedPredicate.describe(description, test);
    }

    private static DescribedPredicate<JavaCall<?>> call(
            String description, java.util.function.Predicate<JavaCall<?>> test) {
        return DescribedPredicate.describe(description, test);
    }

    private static DescribedPredicate<JavaConstructorCall> constructorCall(
            String description, java.util.function.Predicate<JavaConstructorCall> test) {
        return DescribedPredicate.describe(description, test);
    }

    private record ByPackage(String base) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            var name = type.getPackageName();
            return name.equals(base) || name.startsWith(base + ".")
                    ? SliceIdentifier.of(name)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages below " + base;
        }
    }
}
