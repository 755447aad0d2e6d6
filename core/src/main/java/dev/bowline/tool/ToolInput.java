package dev.bowline.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a record the input of a tool: components become properties, required unless
/// [Describe#optional()].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ToolInput {
    /// 1 to 128 letters, digits, `_` or `-`.
    String name();

    /// What the tool does and when to use it, for the model.
    String description();

    Effect effect();
}
