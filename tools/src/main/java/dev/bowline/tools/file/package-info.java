/// Reading, writing and editing files.
@NullMarked
package dev.bowline.tools.file;

import org.jspecify.annotations.NullMarked;
