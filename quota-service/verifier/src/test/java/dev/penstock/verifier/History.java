package dev.penstock.verifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A trail as a sealer makes it, with its insides open so that a test can play the one who alters it. */
final class History {

    static final String NAME = "audit.example/penstock";
    static final SigningKey KEY = SigningKey.generate(NAME, new SecureRandom());

    final Random random;
    SigningKey key = KEY;
    List<byte[]> lines = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    History(long seed) {
        random = new Random(seed);
    }

    /** {@code size} entries with a checkpoint at each of the sizes. */
    static History of(int size, int... checkpoints) {
        History history = new History(size);
        for (int i = 0; i <= size; i++) {
            for (int checkpoint : checkpoints) {
                if (checkpoint == i) {
                    history.seal();
                }
            }
            if (i < size) {
                history.append();
            }
        }
        return history;
    }

    void append() {
        now = now.plus(Duration.ofNanos(random.nextInt(1_000_000) * 1_000L));
        lines.add(entry(lines.size()).bytes());
    }

    EntryLine entry(long index) {
        return new EntryLine(
                index,
                uuid(),
                now,
                RandomJson.text(random, 12),
                random.nextBoolean() ? "person" : "service",
                random.nextInt(4) == 0 ? null : uuid(),
                random.nextBoolean() ? null : uuid(),
                "slice-request.approve",
                "slice-request",
                RandomJson.text(random, 8),
                random.nextBoolean() ? null : RandomJson.text(random, 12),
                random.nextInt(5) == 0 ? "refused" : "done",
                random.nextBoolean() ? null : RandomJson.text(random, 30),
                random.nextBoolean() ? null : "ref-" + index,
                random.nextBoolean() ? null : RandomJson.object(random, 3),
                random.nextBoolean() ? null : RandomJson.object(random, 3));
    }

    /** The same line with something done to its fields by text; the result is still canonical if {@code to} is. */
    void edit(int index, String from, String to) {
        String before = new String(lines.get(index), StandardCharsets.UTF_8);
        String after = before.replaceFirst(from, to);
        if (after.equals(before)) {
            throw new AssertionError("nothing to edit in " + before);
        }
        lines.set(index, after.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives every line the index of its place, as one who covers his tracks would. */
    void renumber() {
        for (int i = 0; i < lines.size(); i++) {
            lines.set(i, new String(lines.get(i), StandardCharsets.UTF_8)
                    .replaceFirst("\"index\":[0-9]+,\"outcome\"", "\"index\":" + i + ",\"outcome\"")
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    void seal() {
        now = now.plusSeconds(random.nextInt(10));
        notes.add(key.sign(checkpoint(lines.size(), now)).note());
    }

    Checkpoint checkpoint(int size, Instant time) {
        return new Checkpoint(NAME, size, Trees.root(lines.subList(0, size).stream().map(MerkleTree::leaf).toList()), time);
    }

    /** Makes all checkpoints anew for the entries as they are now, at their sizes and times, with {@code key}. */
    void sealAnew() {
        notes.replaceAll(note -> {
            Checkpoint old = SignedCheckpoint.parse(note).checkpoint();
            return key.sign(checkpoint((int) Math.min(old.size(), lines.size()), old.time())).note();
        });
    }

    List<SignedCheckpoint> checkpoints() {
        return notes.stream().map(SignedCheckpoint::parse).toList();
    }

    Verdict verify(List<SignedCheckpoint> kept) {
        return new AuditVerifier(List.of(KEY.verifier())).verify(lines.iterator(), notes.iterator(), kept);
    }

    Verdict verify() {
        return verify(List.of());
    }

    byte[] bundle() {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try {
            BundleWriter.write(zip, List.of(key.verifier()), notes.iterator(), lines.iterator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip.toByteArray();
    }

    Path bundle(Path folder) throws IOException {
        return Files.write(folder.resolve("bundle.zip"), bundle());
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
