/// Doubles, contracts and fault injection for people who test agents.
module dev.bowline.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.bowline.core;

    exports dev.bowline.testkit;
}
