package dev.bowline.tools.offline;

import dev.bowline.json.Json;

/// A call of this turn with its answer.
record Done(String tool, Json input, String text, boolean failed) {}
