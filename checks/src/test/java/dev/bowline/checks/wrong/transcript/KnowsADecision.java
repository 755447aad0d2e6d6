package dev.bowline.checks.wrong.transcript;

import dev.bowline.checks.wrong.permission.Decision;

final class KnowsADecision {
    Decision decision() {
        return new Decision.Allow();
    }
}
