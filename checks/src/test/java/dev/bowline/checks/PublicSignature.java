package dev.bowline.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// No public or protected member of a public type names a forbidden type: as a field, parameter,
/// result, thrown exception or type argument.
final class PublicSignature extends ArchCondition<JavaClass> {
    private final Predicate<JavaClass> forbidden;

    PublicSignature(String description, Predicate<JavaClass> forbidden) {
        super(description);
        this.forbidden = forbidden;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
            return;
        }
        for (JavaMember member : type.getMembers()) {
            if (!isVisible(member)) {
                continue;
            }
            for (JavaClass named : typesOf(member)) {
                if (forbidden.test(named)) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    type, member.getFullName() + " shows " + named.getName()));
                }
            }
        }
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Set<JavaClass> typesOf(JavaMember member) {
        Stream<? extends JavaType> types =
                switch (member) {
                    case JavaField field -> Stream.of(field.getType());
                    case JavaCodeUnit code ->
                            Stream.concat(
                                    Stream.concat(
                                            Stream.of(code.getReturnType()),
                                            code.getParameterTypes().stream()),
                                    code.getThrowsClause().getTypes().stream());
                    default -> Stream.of();
                };
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .collect(Collectors.toSet());
    }
}
