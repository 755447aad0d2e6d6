/// What a scripted Messages API says, how it fails, and what it checks.
@NullMarked
package dev.bowline.testkit.api;

import org.jspecify.annotations.NullMarked;
