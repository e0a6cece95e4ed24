package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.standalone.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code ./penstock demo} plays, on an installation where others are at work too. */
@Order(3)
class DemoTest {

    @Test
    @Timeout(480)
    void everyStepOfTheDemoSucceeds() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int failed = new Demo(RunningPenstock.shared().directory(), Clock.systemUTC(), UUID::randomUUID, new PrintStream(told, true, StandardCharsets.UTF_8)).play();
        String text = told.toString(StandardCharsets.UTF_8);
        System.out.println(text);
        assertThat(failed).as(text).isZero();
        assertThat(text).endsWith(" steps, 0 failed\n");
    }
}
