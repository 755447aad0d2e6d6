package dev.bowline.permission;

import dev.bowline.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a call may run, and why: `reason` names the rule, mode or person that decided.
public sealed interface Decision {
    String reason();

    /// It may run; with `updatedInput` if that isn't null. `updates` are applied before it does.
    record Allow(String reason, @Nullable Json updatedInput, List<PermissionUpdate> updates)
            implements Decision {
        public Allow {
            updates = List.copyOf(updates);
        }

        public Allow(String reason, @Nullable Json updatedInput) {
            this(reason, updatedInput, List.of());
        }

        public Allow(String reason) {
            this(reason, null);
        }
    }

    /// It may not; `message` is what the model is told. `interrupt` ends the turn as well.
    record Deny(String reason, String message, boolean interrupt) implements Decision {
        public Deny(String reason, String message) {
            this(reason, message, false);
        }
    }

    /// Somebody has to be asked.
    record Ask(String reason) implements Decision {}
}
