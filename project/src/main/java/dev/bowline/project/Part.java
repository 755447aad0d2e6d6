package dev.bowline.project;

import dev.bowline.json.Json;
import java.nio.file.Path;

/// One setting as one file says it.
///
/// - `file`: as people write it
/// - `base`: the folder that relative paths in it begin in; absolute
public record Part(Source source, String file, Path base, Json json) {}
