package dev.penstock.ui.playground;

import dev.penstock.contract.CallId;
import dev.penstock.ui.backend.CallEnd;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was heard of a call since it was last looked at.
 *
 * @param call null: not yet, or told before
 * @param first when the first words of it came; null: none came
 * @param last when the last words of it came; null: none came
 * @param end null: it goes on
 * @param took until its end; null: it goes on
 */
record Heard(
        @Nullable CallId call, String thoughts, String words, @Nullable Duration first, @Nullable Duration last, @Nullable CallEnd end, @Nullable Duration took) {}
