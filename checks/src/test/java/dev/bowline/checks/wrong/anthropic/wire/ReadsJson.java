package dev.bowline.checks.wrong.anthropic.wire;

import tools.jackson.databind.JsonNode;

record ReadsJson(JsonNode node) {}
