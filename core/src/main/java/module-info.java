/// The agent runtime: embed an agent in a Java program. Start at [dev.bowline.Agent].
module dev.bowline.core {
    requires static transitive org.jspecify;
    requires tools.jackson.databind;

    exports dev.bowline;
    exports dev.bowline.budget;
    exports dev.bowline.error;
    exports dev.bowline.hook;
    exports dev.bowline.json;
    exports dev.bowline.memory;
    exports dev.bowline.message;
    exports dev.bowline.model;
    exports dev.bowline.permission;
    exports dev.bowline.time;
    exports dev.bowline.tool;
    exports dev.bowline.transcript;
    exports dev.bowline.transcript.files;
}
