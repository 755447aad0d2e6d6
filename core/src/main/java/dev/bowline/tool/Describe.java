package dev.bowline.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Tells the model about one property of a tool's input.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Describe {
    String value();

    /// Whether the property may be missing; its component is then null, or zero or false for a
    /// primitive.
    boolean optional() default false;
}
