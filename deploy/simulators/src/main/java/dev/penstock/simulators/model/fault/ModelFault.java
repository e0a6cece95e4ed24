package dev.penstock.simulators.model.fault;

import java.time.Duration;

/** One thing that goes wrong with an answer. Events are those of a stream, counted from 0. */
public sealed interface ModelFault {

    /** The request is refused with that status and nothing is produced; a time to come back is told if it is above 0. */
    record Answer(int status, int retryAfterSeconds) implements ModelFault {

        public Answer {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status: must be between 400 and 599");
            }
        }
    }

    /** The first token comes later, and so does each one after it. */
    record Slow(Duration first, Duration perToken) implements ModelFault {
    }

    /** The connection is closed without a word in place of that event; an answer in one piece ends in its middle. */
    record Cut(int event) implements ModelFault {
    }

    /** Nothing more is said from that event on, until the caller goes away; an answer in one piece is never said. */
    record Hang(int event) implements ModelFault {
    }

    /** In place of that event comes one that tells of an error, and the stream ends; an answer in one piece becomes a 500. */
    record ErrorEvent(int event) implements ModelFault {
    }

    /** Before that event comes one that is not JSON; an answer in one piece is not JSON either. */
    record InvalidJson(int event) implements ModelFault {
    }

    /** The usage that is told is not what was used. */
    record Usage(UsageLie lie) implements ModelFault {
    }

    /** A stream ends without {@code [DONE]}. */
    record NoDone() implements ModelFault {
    }

    /** Every byte of the body travels alone. */
    record OneByte() implements ModelFault {
    }

    /** Every usage is split across two packets, in the middle of a number if it has two digits. */
    record SplitUsage() implements ModelFault {
    }

    /** The first event carries so much more that a reader without a bound is in trouble. */
    record BigEvent(int bytes) implements ModelFault {
    }
}
