package dev.bowline.project;

import dev.bowline.json.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of the settings is read and how far it is trusted. Used once, inside [Settings#load].
public final class LoadOptions {
    record Given(Source source, String name, Map<String, @Nullable Object> values) {}

    final List<Given> given = new ArrayList<>();
    final List<Problem> early = new ArrayList<>();
    Set<Source> sources = EnumSet.of(Source.USER, Source.PROJECT, Source.LOCAL);
    Trusting trusting = Trusting.RECORDED;

    LoadOptions() {}

    /// Which files are read beside the operator's: of user, project and local; default: all.
    public LoadOptions sources(Set<Source> some) {
        sources = Set.copyOf(some);
        return this;
    }

    /// How far settings of the folder count; default: as it is on record.
    public LoadOptions trusting(Trusting how) {
        trusting = how;
        return this;
    }

    /// Settings that no file of ours holds; a later one is stronger than an earlier one.
    ///
    /// @param source `FLAG` or `HOST`
    /// @param name what to call them in messages
    /// @param text a JSON object, or blank
    /// @throws IllegalArgumentException when it is no JSON object
    public LoadOptions given(Source source, String name, String text) {
        var values =
                SettingsText.parse(
                        text,
                        key ->
                                early.add(
                                        new Problem(
                                                name,
                                                key,
                                                "it is there twice; both count",
                                                false)));
        given.add(new Given(source, name, values));
        return this;
    }

    /// The same.
    public LoadOptions given(Source source, String name, Json json) {
        return given(source, name, json.text());
    }
}
