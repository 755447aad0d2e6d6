/// The fake Messages API as a process: tests in any language script it over HTTP with JSON.
/// [FakeApiServer] lists the calls.
@NullMarked
package dev.bowline.conformance;

import org.jspecify.annotations.NullMarked;
