package dev.penstock.ui.fakes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Who looks, and when. */
public final class Scenario extends Clock {

    /** A Friday afternoon. */
    public static final Instant START = Instant.parse("2026-11-20T14:32:00Z");

    private Instant now = START;
    private Persona persona = Persona.SCIENTIST;

    public void begin() {
        now = START;
        persona = Persona.SCIENTIST;
    }

    public void passes(Duration time) {
        now = now.plus(time);
    }

    public void signedInAs(Persona who) {
        persona = who;
    }

    public Persona persona() {
        return persona;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
