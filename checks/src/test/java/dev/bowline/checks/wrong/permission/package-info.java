/// Permissions.
@NullMarked
package dev.bowline.checks.wrong.permission;

import org.jspecify.annotations.NullMarked;
