package dev.bowline.project.hook;

import dev.bowline.hook.HookMatcher;

/// One handler of the settings. `source` says which settings it comes from.
public record HookEntry(
        String event, HookMatcher matcher, Handler handler, Terms terms, String source) {}
