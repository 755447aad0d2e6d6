/// The tool WebFetch, and which addresses may be contacted: parsing, look-up, ranges, and the
/// connection to what was checked.
@NullMarked
package dev.bowline.tools.web;

import org.jspecify.annotations.NullMarked;
