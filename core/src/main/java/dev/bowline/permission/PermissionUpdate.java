package dev.bowline.permission;

import dev.bowline.json.Json;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// One change of what may run: suggested with a question, sent back with its answer, or applied
/// from outside. Holds from the next call on.
public sealed interface PermissionUpdate {
    /// Where it belongs. Rules of one destination are replaced and removed without touching those
    /// of another.
    Destination destination();

    /// More rules of one kind; those that are there already aren't added again.
    record AddRules(List<Rule> rules, Behavior behavior, Destination destination)
            implements PermissionUpdate {
        public AddRules {
            rules = List.copyOf(rules);
        }
    }

    /// These rules instead of all of the same kind and destination.
    record ReplaceRules(List<Rule> rules, Behavior behavior, Destination destination)
            implements PermissionUpdate {
        public ReplaceRules {
            rules = List.copyOf(rules);
        }
    }

    /// Rules of this kind and destination that no longer hold; unknown ones are ignored.
    record RemoveRules(List<Rule> rules, Behavior behavior, Destination destination)
            implements PermissionUpdate {
        public RemoveRules {
            rules = List.copyOf(rules);
        }
    }

    record SetMode(PermissionMode mode, Destination destination) implements PermissionUpdate {}

    /// Further working directories.
    record AddDirectories(List<Path> directories, Destination destination)
            implements PermissionUpdate {
        public AddDirectories {
            directories = List.copyOf(directories);
        }
    }

    /// Working directories no more; the project's own stays.
    record RemoveDirectories(List<Path> directories, Destination destination)
            implements PermissionUpdate {
        public RemoveDirectories {
            directories = List.copyOf(directories);
        }
    }

    /// What a rule does with the calls that it covers.
    enum Behavior {
        ALLOW("allow"),
        DENY("deny"),
        ASK("ask");

        private final String wire;

        Behavior(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    /// Who remembers an update.
    enum Destination {
        USER_SETTINGS("userSettings", true),
        PROJECT_SETTINGS("projectSettings", true),
        LOCAL_SETTINGS("localSettings", true),
        /// Settings of the operator; updates can't be kept there.
        POLICY_SETTINGS("policySettings", false),
        /// Settings that the session was started with; updates can't be kept there.
        FLAG_SETTINGS("flagSettings", false),
        SESSION("session", false),
        /// What the session was started with.
        CLI_ARG("cliArg", false);

        private final String wire;
        private final boolean lasts;

        Destination(String wire, boolean lasts) {
            this.wire = wire;
            this.lasts = lasts;
        }

        public String wire() {
            return wire;
        }

        /// Whether it is meant to hold for later sessions as well.
        public boolean lasts() {
            return lasts;
        }
    }

    /// The form of the protocol, for example
    /// `{"type":"setMode","mode":"acceptEdits","destination":"session"}`.
    default Json toJson() {
        return UpdateJson.write(this);
    }

    /// Reads the form of the protocol.
    ///
    /// @throws IllegalArgumentException for anything else, saying in one sentence what is wrong
    static PermissionUpdate of(Json json) {
        return UpdateJson.read(json);
    }

    /// Allows what `rules` cover.
    static PermissionUpdate allow(Destination destination, String... rules) {
        return new AddRules(
                Arrays.stream(rules).map(Rule::parse).toList(), Behavior.ALLOW, destination);
    }
}
