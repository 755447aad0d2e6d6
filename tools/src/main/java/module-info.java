/// The built-in tools.
module dev.bowline.tools {
    requires static transitive org.jspecify;
    requires static java.desktop;
    requires static org.apache.pdfbox;
    requires transitive dev.bowline.core;

    exports dev.bowline.tools;
}
