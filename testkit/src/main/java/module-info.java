/// Doubles, contracts and fault injection for people who test agents.
module dev.bowline.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.bowline.core;
    requires transitive java.net.http;
    requires transitive org.junit.jupiter.api;
    requires tools.jackson.databind;

    exports dev.bowline.testkit;
    exports dev.bowline.testkit.api;
    exports dev.bowline.testkit.replay;
}
