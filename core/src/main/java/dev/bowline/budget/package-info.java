/// What it may cost: limits and the ledger of every API call.
@NullMarked
package dev.bowline.budget;

import org.jspecify.annotations.NullMarked;
