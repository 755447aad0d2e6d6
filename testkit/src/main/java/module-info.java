/// Doubles, contracts and fault injection for people who test agents.
module dev.bowline.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.bowline.core;
    requires transitive org.junit.jupiter.api;

    exports dev.bowline.testkit;
}
