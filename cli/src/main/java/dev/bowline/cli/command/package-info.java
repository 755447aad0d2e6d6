/// Prompts that the engine carries out itself: `/compact`, `/clear`, `/context`, `/usage`.
@NullMarked
package dev.bowline.cli.command;

import org.jspecify.annotations.NullMarked;
