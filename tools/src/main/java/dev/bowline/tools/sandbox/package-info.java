/// The outer fence around shell commands: bubblewrap, limits, and a proxy that knows which hosts
/// may be reached. What it does and doesn't: docs/sandbox.md.
@org.jspecify.annotations.NullMarked
package dev.bowline.tools.sandbox;
