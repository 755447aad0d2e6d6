package dev.bowline.testkit.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The quick form of the campaign: each point once. `campaigns/crash` runs it in full.
class CrashCampaignTest {
    @Test
    @Timeout(300)
    void aProcessMayBeKilledAtEveryStepOfATurn(@TempDir Path folder) throws Exception {
        var campaign = new CrashCampaign(folder);
        var points = campaign.points();
        assertTrue(points.size() >= 30, () -> "too few: " + points);
        for (var point : points) {
            campaign.kill(point, 1);
        }
    }
}
