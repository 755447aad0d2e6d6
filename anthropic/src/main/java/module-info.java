/// The Messages API as a model.
module dev.bowline.anthropic {
    requires static transitive org.jspecify;
    requires transitive dev.bowline.core;

    exports dev.bowline.anthropic;
}
