package dev.bowline.checks.wrong.message;

import dev.bowline.checks.wrong.tool.Hammer;

final class KnowsATool {
    int weight(Hammer hammer) {
        return hammer.weight();
    }
}
