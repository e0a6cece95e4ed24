package dev.penstock.bench.load;

/**
 * Looks in a stream for the running number that each chunk's content has, {@code #17/100} for the eighteenth of a hundred. A
 * gateway may cut away whatever else is in a chunk and split it anywhere; the mark is nowhere else in the stream.
 */
final class RunningNumbers implements MessageReader.Body {

    private enum State { TEXT, NUMBER, TOTAL }

    private static final int LARGEST = 1_000_000;
    private static final int NONE = -1;

    private State state = State.TEXT;
    private int digits;
    private int number;
    private int expected;
    private int total;
    private long came;
    private long lost;
    private long doubled;

    /** What is written into the chunk with that number, counted from zero. */
    static String mark(int number, int total) {
        return "#" + number + "/" + total;
    }

    /** A stream begins. */
    void begin() {
        state = State.TEXT;
        expected = 0;
        total = 0;
        came = 0;
        lost = 0;
        doubled = 0;
    }

    @Override
    public void part(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (state != State.TEXT) {
                inMark(bytes[i]);
            } else if (bytes[i] == '#') {
                state = State.NUMBER;
                digits = NONE;
            }
        }
    }

    private void inMark(byte next) {
        if (next >= '0' && next <= '9' && digits < LARGEST) {
            digits = Math.max(digits, 0) * 10 + next - '0';
        } else if (next == '/' && state == State.NUMBER && digits != NONE) {
            number = digits;
            digits = NONE;
            state = State.TOTAL;
        } else {
            if (state == State.TOTAL && digits != NONE) {
                count();
            }
            state = State.TEXT;
        }
    }

    private void count() {
        came++;
        total = digits;
        if (number < expected) {
            doubled++;
        } else {
            lost += number - expected;
            expected = number + 1;
        }
    }

    long came() {
        return came;
    }

    long doubled() {
        return doubled;
    }

    /** Chunks that were passed over. */
    long lost() {
        return lost;
    }

    /** Chunks that did not come and cannot come any more, when the stream has ended here. */
    long lostAtEnd() {
        return lost + Math.max(0, total - expected);
    }
}
