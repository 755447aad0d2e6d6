package dev.bowline.checks;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/// Every dependency between two rooms below `base` is one that [Room] allows.
final class LooksOnlyDown extends ArchCondition<JavaClass> {
    private final String base;

    LooksOnlyDown(String base) {
        super("look only down, as the table in checks' Room says");
        this.base = base;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        var from = Room.of(base, type.getPackageName());
        if (from.isEmpty()) {
            events.add(
                    SimpleConditionEvent.violated(
                            type,
                            type.getName()
                                    + " is in a room that the table in Room doesn't know: add it there"));
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            var target = outermost(dependency.getTargetClass().getBaseComponentType());
            if (!isOurs(target)) {
                continue;
            }
            var to = Room.of(base, target.getPackageName());
            if (to.isEmpty() || !from.get().mayUse(to.get(), target.getSimpleName())) {
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
            }
        }
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(base) || type.getPackageName().startsWith(base + ".");
    }

    private static JavaClass outermost(JavaClass type) {
        var outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
