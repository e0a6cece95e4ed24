package dev.penstock.quota.archive;

import dev.penstock.frame.jobs.UuidOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files, and how they are read and written: gzip of lines of JSON. The first line names the format and the day, then follow the rows in the order of tenant
 * and call, then what each tenant's add up to. The same rows make the same bytes, and a file's name tells its digest, so that a file is never
 * overwritten by another.
 */
final class ArchiveFolder {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FORMAT = "{\"archive\":\"penstock-usage\",\"version\":1,\"day\":\"%s\"}";
    private static final String TOTAL = "{\"total\":";
    private static final int BUFFER = 64 << 10;
    /** Of the digest, in a file's name. */
    private static final int DIGITS_IN_NAME = 16;

    private final Path folder;
    private final Consumer<ArchiveStep> steps;

    ArchiveFolder(Path folder, Consumer<ArchiveStep> steps) {
        this.folder = folder;
        this.steps = steps;
    }

    Path path() {
        return folder;
    }

    /** Returns when the file is on disk under its name. One writer at a time for a day. */
    ArchivedDay write(LocalDate day, Iterator<ArchiveLine> rows) throws IOException {
        removeLeftovers(day);
        Path part = Files.createTempFile(folder, partPrefix(day), ".part");
        try {
            Map<UUID, TenantSum> sums = new TreeMap<>(UuidOrder.AS_DATABASE);
            String digest = write(part, day, rows, sums);
            steps.accept(ArchiveStep.NAME);
            Path file = folder.resolve("usage-" + day + "-" + digest.substring(0, DIGITS_IN_NAME) + ".ndjson.gz");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            syncFolder();
            return new ArchivedDay(day, String.valueOf(file.getFileName()), digest, Files.size(file), List.copyOf(sums.values()));
        } catch (IOException e) {
            // A full disk is to have its room back.
            Files.deleteIfExists(part);
            throw e;
        }
    }

    /**
     * Reads the file to its end.
     *
     * @throws DamagedArchive if it is not the file that was written: missing, another digest, other rows than it says
     */
    void read(ArchivedDay expected, Consumer<ArchiveLine> reader) {
        Path file = folder.resolve(expected.file());
        MessageDigest digest = sha256();
        Map<UUID, TenantSum> sums = new TreeMap<>(UuidOrder.AS_DATABASE);
        List<TenantSum> told = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digested = new DigestInputStream(in, digest);
                BufferedReader lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(digested, BUFFER), StandardCharsets.UTF_8))) {
            require(FORMAT.formatted(expected.day()).equals(lines.readLine()), file, "is no archive of " + expected.day());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(TOTAL)) {
                    told.add(JSON.treeToValue(JSON.readTree(line).path("total"), TenantSum.class));
                } else {
                    ArchiveLine row = JSON.readValue(line, ArchiveLine.class);
                    sums.merge(row.tenant(), TenantSum.of(row), TenantSum::plus);
                    reader.accept(row);
                }
            }
            digested.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | JacksonException e) {
            throw new DamagedArchive(file + " cannot be read: " + e, e);
        }
        String found = hex(digest);
        require(found.equals(expected.sha256()), file, "has the SHA-256 digest " + found + ", not " + expected.sha256());
        require(told.equals(List.copyOf(sums.values())), file, "does not hold the rows that it says it does");
        require(expected.sums().isEmpty() || expected.sums().equals(told), file, "does not hold the rows that were written");
    }

    private String write(Path part, LocalDate day, Iterator<ArchiveLine> rows, Map<UUID, TenantSum> sums) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                DigestOutputStream digested = new DigestOutputStream(Channels.newOutputStream(channel), digest);
                GZIPOutputStream out = new GZIPOutputStream(digested, BUFFER)) {
            line(out, FORMAT.formatted(day));
            while (rows.hasNext()) {
                ArchiveLine row = rows.next();
                sums.merge(row.tenant(), TenantSum.of(row), TenantSum::plus);
                line(out, JSON.writeValueAsString(row));
            }
            for (TenantSum sum : sums.values()) {
                line(out, TOTAL + JSON.writeValueAsString(sum) + "}");
            }
            out.finish();
            channel.force(true);
        }
        return hex(digest);
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** What was killed while it wrote. */
    private void removeLeftovers(LocalDate day) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, partPrefix(day) + "*.part")) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static String partPrefix(LocalDate day) {
        return ".usage-" + day + "-";
    }

    /** A name is there for good only when its folder says so on disk. */
    private void syncFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void require(boolean holds, Path file, String what) {
        if (!holds) {
            throw new DamagedArchive(file + " " + what + ".", null);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
