package dev.bowline.tools.web;

import dev.bowline.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Pages that a session had fetched lately, so that it can read on in them: 16 at most, 15 minutes
/// each.
final class RecentPages {
    private static final int MOST = 16;
    private static final Duration LIFE = Duration.ofMinutes(15);

    /// A page as text.
    ///
    /// @param url where it was in the end
    /// @param bytes how many came over the network
    record Page(String url, int status, String reason, int bytes, String text) {}

    private record Kept(Page page, long since) {}

    private final Map<String, Kept> pages = new LinkedHashMap<>();

    synchronized Optional<Page> find(String url, TimeSource time) {
        pages.values().removeIf(kept -> time.nanos() - kept.since() > LIFE.toNanos());
        return Optional.ofNullable(pages.get(url)).map(Kept::page);
    }

    synchronized void keep(String url, Page page, TimeSource time) {
        pages.remove(url);
        pages.put(url, new Kept(page, time.nanos()));
        if (pages.size() > MOST) {
            pages.remove(pages.keySet().iterator().next());
        }
    }
}
