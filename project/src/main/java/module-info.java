/// What a working directory says: settings, and whether they are trusted.
module dev.bowline.project {
    requires static transitive org.jspecify;
    requires java.net.http;
    requires transitive dev.bowline.core;

    exports dev.bowline.project;
    exports dev.bowline.project.hook;
}
