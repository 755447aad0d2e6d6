package dev.bowline.testkit.api;

import org.jspecify.annotations.Nullable;

/// Which of the service's rules a request is held to. Pairing of tool calls and results, required
/// fields, types and signatures are always checked.
///
/// @param unknownFields fields that nobody knows are refused
/// @param alternation two messages of one role in a row are refused; the real service joins them
/// @param systemRole messages of role `system` are allowed, as newer models do
/// @param prefill a conversation may end with a message of the assistant; the newest models refuse
///   that
/// @param apiKey the only key or bearer token accepted; null accepts any but an empty one
/// @param contextWindow refuses prompts of more tokens (a quarter of the bytes); 0 for no limit
public record Rules(
        boolean unknownFields,
        boolean alternation,
        boolean systemRole,
        boolean prefill,
        @Nullable String apiKey,
        int contextWindow) {
    /// The rules of the real service for a model that allows a prefill: unknown fields refused,
    /// equal roles joined, no system role.
    public static Rules service() {
        return new Rules(true, false, false, true, null, 0);
    }

    /// Two messages of one role in a row are refused.
    public Rules strictAlternation() {
        return new Rules(unknownFields, true, systemRole, prefill, apiKey, contextWindow);
    }

    /// Fields that nobody knows are let through.
    public Rules anyFields() {
        return new Rules(false, alternation, systemRole, prefill, apiKey, contextWindow);
    }

    /// Messages of role `system` are allowed.
    public Rules allowSystemRole() {
        return new Rules(unknownFields, alternation, true, prefill, apiKey, contextWindow);
    }

    /// The conversation must end with a message of the user.
    public Rules refusePrefill() {
        return new Rules(unknownFields, alternation, systemRole, false, apiKey, contextWindow);
    }

    /// Any other key gets a 401.
    public Rules apiKey(String key) {
        return new Rules(unknownFields, alternation, systemRole, prefill, key, contextWindow);
    }

    /// A longer prompt gets the 400 of a full context window.
    public Rules contextWindow(int tokens) {
        return new Rules(unknownFields, alternation, systemRole, prefill, apiKey, tokens);
    }
}
