package dev.penstock.verifier;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The program: {@code java -jar audit-verifier.jar FILE [--checkpoint FILE]... [--key FILE] [--archive FILE]...}. Reads the files it is given and nothing
 * else, writes nothing, and ends with 0 (intact), 1 (broken) or 2 (cannot be checked).
 */
public final class Verify {

    private static final int INTACT = 0;
    private static final int BROKEN = 1;
    private static final int UNUSABLE = 2;

    private Verify() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, err));
    }

    /** The program without its process: answers what it would end with. */
    public static int run(List<String> words, PrintStream out, PrintStream err) {
        if (words.contains("--help") || words.contains("-h")) {
            out.println(Arguments.USAGE);
            return INTACT;
        }
        try {
            return check(Arguments.parse(words), new Report(out));
        } catch (UnusableInput e) {
            err.println(e.getMessage());
            return UNUSABLE;
        }
    }

    private static int check(Arguments arguments, Report report) {
        List<SignedCheckpoint> kept = new ArrayList<>();
        for (Path file : arguments.kept()) {
            kept.addAll(AuditorFiles.checkpoints(bytes(file, Limits.KEPT_FILE_BYTES), file.toString()));
        }
        Path key = arguments.key();
        List<LogKey> held = key == null ? List.of() : AuditorFiles.keys(bytes(key, Limits.KEY_FILE_BYTES), key.toString());
        return switch (firstByte(arguments.file())) {
            case 'P' -> bundle(arguments.file(), held, kept, new ArchiveCheck(digests(arguments.archives())), report);
            case '{' -> proof(arguments, held, kept, report);
            default -> throw new UnusableInput(arguments.file() + " is neither a bundle (.zip) nor the proof of an entry (.json).");
        };
    }

    private static int bundle(Path file, List<LogKey> held, List<SignedCheckpoint> kept, ArchiveCheck archives, Report report) {
        try (Bundle bundle = Bundle.open(file)) {
            Trust trust = Trust.in(bundle.keys(), held);
            Verdict verdict = new AuditVerifier(trust.keys()).verify(archives.watch(bundle.entries()), bundle.checkpoints(), kept);
            int end = say(withArchives(verdict, archives), trust, report);
            if (end == INTACT) {
                report.also(archives.confirmed());
            }
            return end;
        } catch (IOException e) {
            throw new UnusableInput(file + " cannot be read to its end.", e);
        }
    }

    /** What the trail says of files counts only if the trail is what it was. */
    private static Verdict withArchives(Verdict verdict, ArchiveCheck archives) {
        if (!(verdict instanceof Verdict.Intact intact)) {
            return verdict;
        }
        Checkpoint last = intact.lastCheckpoint();
        List<Finding> unknown = archives.unknown(last == null ? 0 : last.size());
        return unknown.isEmpty() ? verdict : new Verdict.Broken(unknown, true);
    }

    private static int proof(Arguments arguments, List<LogKey> held, List<SignedCheckpoint> kept, Report report) {
        if (!arguments.archives().isEmpty()) {
            throw new UnusableInput("Archives are checked with a bundle, not with the proof of an entry.");
        }
        Path file = arguments.file();
        byte[] text = bytes(file, Limits.PROOF_FILE_BYTES);
        if (text.length > Limits.PROOF_FILE_BYTES) {
            throw new UnusableInput(file + " is larger than " + (Limits.PROOF_FILE_BYTES >> 20) + " MiB: it is not the proof of one entry.");
        }
        EntryProof proof = EntryProof.read(text);
        Trust trust = Trust.in(List.of(proof.key()), held);
        return say(new AuditVerifier(trust.keys()).verify(proof, kept), trust, report);
    }

    private static int say(Verdict checked, Trust trust, Report report) {
        Verdict verdict = trust.judge(checked);
        report.print(verdict, trust);
        return verdict instanceof Verdict.Broken ? BROKEN : INTACT;
    }

    private static Map<String, Path> digests(List<Path> files) {
        Map<String, Path> digests = new LinkedHashMap<>();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
                digests.put(HexFormat.of().formatHex(digest.digest()), file);
            } catch (IOException e) {
                throw new UnusableInput("There is no file " + file + " that can be read.", e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
        return digests;
    }

    private static int firstByte(Path file) {
        byte[] bytes = bytes(file, 0);
        return bytes.length == 0 ? -1 : bytes[0];
    }

    /** At most one byte more than {@code limit}, to tell that there are more. */
    private static byte[] bytes(Path file, int limit) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit + 1);
        } catch (IOException e) {
            throw new UnusableInput("There is no file " + file + " that can be read.", e);
        }
    }
}
