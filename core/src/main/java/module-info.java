/// The agent runtime.
module dev.bowline.core {
    requires static transitive org.jspecify;
    requires tools.jackson.databind;
}
