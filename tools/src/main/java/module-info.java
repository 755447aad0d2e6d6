/// The built-in tools.
module dev.bowline.tools {
    requires static transitive org.jspecify;
    requires transitive dev.bowline.core;
}
