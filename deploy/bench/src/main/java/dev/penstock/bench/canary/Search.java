package dev.penstock.bench.canary;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A search of one place. What is written to it is searched, however it is cut into pieces; what belongs together is written between two {@link #next}. */
public final class Search extends OutputStream {

    private static final int AT_ONCE = 1 << 18;

    private final Index index;
    private final byte[] buffer = new byte[AT_ONCE];
    private final Set<Sighting> sightings = new HashSet<>();
    private int filled;
    private int things;
    private long bytes;

    public Search(Index index) {
        this.index = index;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] more, int from, int length) {
        bytes += length;
        int at = from;
        int left = length;
        while (left > 0) {
            int part = Math.min(left, buffer.length - filled);
            System.arraycopy(more, at, buffer, filled, part);
            filled += part;
            at += part;
            left -= part;
            if (filled == buffer.length) {
                index.find(buffer, filled, sightings::add);
                // What began here may end behind.
                System.arraycopy(buffer, filled - Index.LONGEST, buffer, 0, Index.LONGEST);
                filled = Index.LONGEST;
            }
        }
    }

    /** What was written until now was one thing. */
    public void next() {
        index.find(buffer, filled, sightings::add);
        filled = 0;
        things++;
    }

    /** A whole thing. */
    public void in(String text) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        write(all, 0, all.length);
        next();
    }

    /**
     * A whole thing that may have these in it.
     *
     * @return whether others are
     */
    boolean own(Set<Canary> allowed, String text) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        Set<Sighting> others = new HashSet<>();
        index.find(all, all.length, sighting -> {
            if (!allowed.contains(sighting.canary())) {
                others.add(sighting);
            }
        });
        bytes += all.length;
        things++;
        sightings.addAll(others);
        return !others.isEmpty();
    }

    /** A whole thing. A file may go away while others write. */
    public void in(Path file) {
        try (var input = Files.newInputStream(file)) {
            input.transferTo(this);
            next();
        } catch (NoSuchFileException gone) {
            filled = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param expected forms of the control that have to be found */
    public Searched of(String place, Canary control, Set<Form> expected) {
        return new Searched(place, things, bytes, Set.copyOf(sightings), control, expected, Set.of());
    }
}
