package dev.penstock.ui.inbox;

import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Tone;

/**
 * One thing that needs the person.
 *
 * @param tone {@code WARN} or {@code BAD} where it presses, {@code BUSY} where it merely waits
 * @param action what to do, in a word or two
 * @param path where, with its own parameters but without the project
 */
public record Need(Icon icon, Tone tone, String sentence, String hint, String action, String path) {}
