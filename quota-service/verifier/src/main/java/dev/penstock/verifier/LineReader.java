package dev.penstock.verifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, each ended by a newline and returned without it, one in memory at a time. */
final class LineReader implements Iterator<byte[]> {

    private final InputStream in;
    private final String file;
    private final int longest;
    private final byte[] buffer = new byte[64 << 10];
    private int position;
    private int filled;
    private long total;
    private long number;
    private byte @Nullable [] next;

    /**
     * @param file its name, for a sentence
     * @param longest bytes in one line
     */
    LineReader(InputStream in, String file, int longest) {
        this.in = in;
        this.file = file;
        this.longest = longest;
    }

    /** @throws UnusableInput if the stream cannot be read, is too large, or ends within a line */
    @Override
    public boolean hasNext() {
        if (next == null) {
            next = read();
        }
        return next != null;
    }

    @Override
    public byte[] next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        byte[] line = next;
        next = null;
        return line;
    }

    private byte @Nullable [] read() {
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (position < filled || fill()) {
            int start = position;
            while (position < filled && buffer[position] != '\n') {
                position++;
            }
            if (line.size() + position - start > longest) {
                throw new UnusableInput("Line " + number + " of " + file + " is longer than " + longest + " bytes, which is more than is ever written.");
            }
            line.write(buffer, start, position - start);
            if (position < filled) {
                position++;
                return line.toByteArray();
            }
        }
        if (line.size() > 0) {
            throw new UnusableInput("The file " + file + " ends in the middle of line " + number + ": it was cut off.");
        }
        return null;
    }

    private boolean fill() {
        try {
            position = 0;
            filled = Math.max(0, in.read(buffer));
        } catch (IOException e) {
            throw new UnusableInput("The file " + file + " cannot be unpacked: the zip is damaged near line " + number + ".", e);
        }
        total += filled;
        if (total > Limits.UNPACKED_BYTES) {
            throw new UnusableInput("The file " + file + " unpacks to more than " + (Limits.UNPACKED_BYTES >> 30) + " GiB.");
        }
        return filled > 0;
    }
}
