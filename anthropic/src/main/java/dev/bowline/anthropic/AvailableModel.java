package dev.bowline.anthropic;

/// A model that the service offers: the name to ask for, and one for people (may be empty).
public record AvailableModel(String id, String displayName) {}
