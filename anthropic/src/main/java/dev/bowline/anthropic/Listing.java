package dev.bowline.anthropic;

import dev.bowline.anthropic.wire.BadAnswer;
import dev.bowline.json.JsonIn;
import java.util.ArrayList;
import java.util.List;

/// The answers of the small endpoints.
final class Listing {
    private Listing() {}

    /// The `input_tokens` of a count.
    static long inputTokens(String json) {
        long tokens = -1;
        try (var in = JsonIn.of(json)) {
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                if (name.equals("input_tokens")) {
                    tokens = in.number();
                } else {
                    in.skip();
                }
            }
        } catch (IllegalArgumentException e) {
            throw new BadAnswer("is not JSON", e);
        }
        if (tokens < 0) {
            throw new BadAnswer("does not say how many tokens there are");
        }
        return tokens;
    }

    /// The entries of a list of models.
    static List<AvailableModel> models(String json) {
        var models = new ArrayList<AvailableModel>();
        try (var in = JsonIn.of(json)) {
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                if (name.equals("data") && in.isArray()) {
                    while (in.nextElement()) {
                        models.add(model(in));
                    }
                } else {
                    in.skip();
                }
            }
        } catch (IllegalArgumentException e) {
            throw new BadAnswer("is not JSON", e);
        }
        return List.copyOf(models);
    }

    private static AvailableModel model(JsonIn in) {
        var id = "";
        var shown = "";
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "id" -> id = in.string();
                case "display_name" -> shown = in.string();
                default -> in.skip();
            }
        }
        return new AvailableModel(id, shown);
    }
}
