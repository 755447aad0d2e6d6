/// Who answers: the [Model] interface, its requests and replies, retry, fallback and prices.
@NullMarked
package dev.bowline.model;

import org.jspecify.annotations.NullMarked;
