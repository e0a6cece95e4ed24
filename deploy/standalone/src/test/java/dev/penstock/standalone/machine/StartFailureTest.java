package dev.penstock.standalone.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StartFailureTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IOException("No space left on device"), "The disk is full (making it): free some space, or choose another folder with --data."),
                Arguments.of(
                        new UncheckedIOException(new IOException("/x: No space left on device")),
                        "The disk is full (making it): free some space, or choose another folder with --data."),
                Arguments.of(
                        new AccessDeniedException("/x/y"),
                        "This user may not write /x/y (making it): give it that right, or choose another folder with --data."),
                Arguments.of(new IOException("broken pipe"), "making it failed: broken pipe. Try again; if it stays, choose another folder with --data."),
                Arguments.of(new IllegalStateException("odd"), "making it failed: odd."));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void itSaysWhatIsWrongAndWhatToDo(Exception cause, String sentence) {
        assertThat(StartFailure.of("making it", cause)).hasMessage(sentence).hasCause(cause);
    }

    @Test
    void whatIsInWordsAlreadyStaysAsItIs() {
        StartFailure failure = new StartFailure("Port 1 is taken.");
        assertThat(StartFailure.of("making it", failure)).isSameAs(failure);
    }
}
