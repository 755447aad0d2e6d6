/// The model that answers without a network and without intelligence.
@NullMarked
package dev.bowline.tools.offline;

import org.jspecify.annotations.NullMarked;
