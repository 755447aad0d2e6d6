/// The built-in tools, and the model that needs no network.
module dev.bowline.tools {
    requires static transitive org.jspecify;
    requires transitive dev.bowline.core;
    requires static java.desktop;
    requires static org.apache.pdfbox;

    exports dev.bowline.tools;
    exports dev.bowline.tools.offline;
    exports dev.bowline.tools.search;
    exports dev.bowline.tools.todo;
}
