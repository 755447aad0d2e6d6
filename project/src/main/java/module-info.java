/// What a working directory says: settings, and whether they are trusted.
module dev.bowline.project {
    requires static transitive org.jspecify;
    requires transitive dev.bowline.core;

    exports dev.bowline.project;
}
