package dev.bowline.checks.wrong.transcript;

import dev.bowline.checks.wrong.permission.Policy;

final class KnowsAPolicy {
    Policy[] policies() {
        return new Policy[0];
    }
}
