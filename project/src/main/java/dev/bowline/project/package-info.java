/// Settings of the machine, the user and the working directory: reading, merging and writing them,
/// and what counts of a folder that was not trusted. Start at [dev.bowline.project.SettingsLoader].
@NullMarked
package dev.bowline.project;

import org.jspecify.annotations.NullMarked;
