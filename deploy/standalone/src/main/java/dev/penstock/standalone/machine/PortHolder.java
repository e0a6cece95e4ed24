package dev.penstock.standalone.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds who listens on a port, by Linux's /proc: the listening socket's inode, then the process that has it open. */
final class PortHolder {

    private static final String LISTENING = "0A";

    private PortHolder() {}

    /** Empty on other systems, and when the process belongs to somebody whose open files one may not see. */
    static Optional<String> find(int port) {
        try {
            Set<String> sockets = new HashSet<>();
            collectSockets(Path.of("/proc/net/tcp"), port, sockets);
            collectSockets(Path.of("/proc/net/tcp6"), port, sockets);
            return sockets.isEmpty() ? Optional.empty() : processWith(sockets);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void collectSockets(Path table, int port, Set<String> sockets) throws IOException {
        if (!Files.exists(table)) {
            return;
        }
        List<String> lines = Files.readAllLines(table);
        String suffix = String.format(":%04X", port);
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.strip().split("\\s+");
            if (columns[1].endsWith(suffix) && columns[3].equals(LISTENING)) {
                sockets.add("socket:[" + columns[9] + "]");
            }
        }
    }

    private static Optional<String> processWith(Set<String> sockets) {
        return ProcessHandle.allProcesses()
                .filter(process -> hasOpen(process, sockets))
                .findFirst()
                .map(process -> process.info().command().map(command -> Path.of(command).getFileName() + ", ").orElse("")
                        + "process " + process.pid());
    }

    private static boolean hasOpen(ProcessHandle process, Set<String> sockets) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path descriptor : open) {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return false;
        }
    }
}
