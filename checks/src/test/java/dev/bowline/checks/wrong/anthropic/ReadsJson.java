package dev.bowline.checks.wrong.anthropic;

import tools.jackson.databind.JsonNode;

/// Knows the JSON library outside of a json room, and shows it.
public record ReadsJson(JsonNode node) {}
