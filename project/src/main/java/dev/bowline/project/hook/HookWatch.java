package dev.bowline.project.hook;

import dev.bowline.hook.HookEvent;
import org.jspecify.annotations.Nullable;

/// Hears of handlers at work. Called on the threads of hooks, must be quick.
@FunctionalInterface
public interface HookWatch {
    HookWatch NOBODY = (event, status) -> (outcome, said) -> {};

    /// A handler begins; `status` is what the settings want to be shown meanwhile, or null.
    Running begins(HookEvent event, @Nullable String status);

    /// A handler at work.
    @FunctionalInterface
    interface Running {
        /// It is over. `outcome`: `success`, `error` or `cancelled`.
        void ended(String outcome, Heard said);
    }

    /// What came from a handler; `exitCode` is null for one that is no program.
    record Heard(String stdout, String stderr, @Nullable Integer exitCode) {
        public static final Heard NOTHING = new Heard("", "", null);
    }
}
