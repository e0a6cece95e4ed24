package dev.penstock.verifier;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The checkpoints of a file: signed notes with a line {@code ---} between one and the next. A note cannot contain that line, for a trail's
 * name begins with a letter or digit and a signature with a dash of another kind.
 */
final class NoteReader implements Iterator<String> {

    static final String SEPARATOR = "---";

    private final Iterator<byte[]> lines;
    private boolean separated;

    NoteReader(Iterator<byte[]> lines) {
        this.lines = lines;
    }

    /** After a separator there has to be another note, be it an empty one that nobody can read. */
    @Override
    public boolean hasNext() {
        return separated || lines.hasNext();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        separated = false;
        StringBuilder note = new StringBuilder();
        // One line more than a note may have is enough to see that it has too many.
        for (int count = 0; count <= Limits.NOTE_LINES && lines.hasNext(); count++) {
            String line = new String(lines.next(), StandardCharsets.UTF_8);
            if (line.equals(SEPARATOR)) {
                separated = true;
                break;
            }
            note.append(line).append('\n');
        }
        return note.toString();
    }
}
