/// The built-in tools, and the model that needs no network.
module dev.bowline.tools {
    requires static transitive org.jspecify;
    requires transitive dev.bowline.core;
    requires static java.desktop;
    requires static org.apache.httpcomponents.core5.httpcore5;
    requires static org.apache.pdfbox;
    requires static org.jsoup;

    exports dev.bowline.tools;
    exports dev.bowline.tools.offline;
    exports dev.bowline.tools.option;
    exports dev.bowline.tools.web;
}
