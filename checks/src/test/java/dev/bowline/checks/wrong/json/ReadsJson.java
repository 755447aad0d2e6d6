package dev.bowline.checks.wrong.json;

import tools.jackson.databind.JsonNode;

record ReadsJson(JsonNode node) {}
