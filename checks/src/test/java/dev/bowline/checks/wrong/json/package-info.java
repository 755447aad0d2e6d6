/// Where core may know the JSON library.
@NullMarked
package dev.bowline.checks.wrong.json;

import org.jspecify.annotations.NullMarked;
