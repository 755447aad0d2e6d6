package dev.bowline.anthropic.wire;

import dev.bowline.json.JsonIn;

/// What the service says about a failure: `type` such as `overloaded_error` and a text; both may be
/// empty.
public record ServiceError(String type, String message) {

    /// Reads `{"type":…,"message":…}`, also inside a member `error`; anything else gives empty
    /// texts.
    public static ServiceError of(String json) {
        try (var in = JsonIn.of(json)) {
            return in.isObject() ? read(in) : new ServiceError("", "");
        } catch (IllegalArgumentException e) {
            return new ServiceError("", "");
        }
    }

    private static ServiceError read(JsonIn in) {
        var type = "";
        var message = "";
        ServiceError inner = null;
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "type" -> type = in.string();
                case "message" -> message = in.string();
                case "error" -> {
                    if (in.isObject()) {
                        inner = read(in);
                    } else {
                        message = in.string();
                    }
                }
                default -> in.skip();
            }
        }
        return inner == null ? new ServiceError(type, message) : inner;
    }
}
