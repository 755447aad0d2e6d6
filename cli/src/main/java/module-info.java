/// The `bowline` command.
module dev.bowline.cli {
    requires static transitive org.jspecify;
    requires dev.bowline.core;
    requires dev.bowline.anthropic;
    requires dev.bowline.project;
    requires dev.bowline.tools;
    requires jdk.unsupported;
}
