/// Tools that need a person: questions, and plans that wait for approval.
@NullMarked
package dev.bowline.tools.person;

import org.jspecify.annotations.NullMarked;
