package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's own account of what it produced, call by call and token by token. It is kept apart from what the server tells
 * its callers, so that it stays true when that is a lie; whoever counts calls elsewhere is compared with this. Nothing of what
 * was asked or answered stands in it.
 *
 * <p>In a file, a line per event, each written before the token it tells of leaves: {@code begun}, {@code produced} (counts so
 * far) and in the end {@code finished}, {@code aborted}, {@code failed} or {@code refused}.
 */
public final class ModelLog implements AutoCloseable {

    /** How many calls are remembered beside the file; older ones are forgotten. */
    private static final int REMEMBERED = 200_000;

    /** What became of a call. */
    public enum State {
        RUNNING,
        /** All of it was produced. */
        FINISHED,
        /** The caller went away. */
        ABORTED,
        /** The server failed it, which it only does on demand. */
        FAILED,
        /** Nothing was produced, the status says why. */
        REFUSED
    }

    /**
     * One call.
     *
     * @param number its place in the log
     * @param call what the caller said in {@code x-request-id}, empty when nothing
     * @param attempt what the caller said in {@code x-penstock-attempt}, 0 when nothing
     * @param status the HTTP status, 0 while there is none
     * @param prompt tokens of the prompt that were read, those found in the cache included
     * @param cached how many of them were found there
     * @param completion tokens that were produced
     */
    public record Entry(long number, String call, int attempt, String path, State state, int status, long prompt, long cached,
            long completion) {

        private Entry with(State other, int itsStatus, long itsPrompt, long itsCached, long itsCompletion) {
            return new Entry(number, call, attempt, path, other, itsStatus, itsPrompt, itsCached, itsCompletion);
        }
    }

    private final Clock clock;
    private final @Nullable OutputStream file;
    private final Deque<Account> accounts = new ArrayDeque<>();
    private long lastNumber;
    private long running;

    private ModelLog(Clock clock, @Nullable OutputStream file) {
        this.clock = clock;
        this.file = file;
    }

    static ModelLog open(@Nullable Path file, Clock clock) throws IOException {
        return new ModelLog(clock, file == null ? null
                : Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** All calls that are remembered, oldest first. */
    public List<Entry> entries() {
        synchronized (accounts) {
            return accounts.stream().map(Account::entry).toList();
        }
    }

    /** The attempts of that call, oldest first. */
    public List<Entry> entries(String call) {
        return entries().stream().filter(entry -> entry.call().equals(call)).toList();
    }

    /** How many calls have not ended. */
    public long running() {
        synchronized (accounts) {
            return running;
        }
    }

    /**
     * Waits until no call runs any more.
     *
     * @return false when some still did after that time
     */
    public boolean awaitQuiet(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (accounts) {
            while (running > 0) {
                long rest = deadline - System.nanoTime();
                if (rest <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(accounts, rest);
            }
            return true;
        }
    }

    Account begin(String call, int attempt, String path) {
        synchronized (accounts) {
            Account account = new Account(new Entry(++lastNumber, call, attempt, path, State.RUNNING, 0, 0, 0, 0));
            accounts.addLast(account);
            running++;
            if (accounts.size() > REMEMBERED) {
                accounts.removeFirst();
            }
            write(() -> Json.object().put("at", clock.instant().toString()).put("n", account.entry().number()).put("event", "begun")
                    .put("call", call).put("attempt", attempt).put("path", path));
            return account;
        }
    }

    private void write(Supplier<ObjectNode> line) {
        if (file == null) {
            return;
        }
        byte[] text = (line.get() + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (accounts) {
            try {
                file.write(text);
            } catch (IOException full) {
                // An account with holes is worth nothing: whoever calls is told so by a failing answer.
                throw new UncheckedIOException("the log of what was produced cannot be written", full);
            }
        }
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException failed) {
                throw new UncheckedIOException("the log of what was produced cannot be closed", failed);
            }
        }
    }

    /** What is being written of one call. */
    final class Account {

        private volatile Entry entry;

        private Account(Entry entry) {
            this.entry = entry;
        }

        Entry entry() {
            return entry;
        }

        /** The prompt has been read. */
        void read(long prompt, long cached) {
            entry = entry.with(State.RUNNING, 200, prompt, cached, 0);
            write(() -> line("produced").put("prompt", prompt).put("cached", cached).put("completion", 0));
        }

        /** One more token is there. */
        void produced() {
            entry = entry.with(State.RUNNING, 200, entry.prompt(), entry.cached(), entry.completion() + 1);
            write(() -> line("produced").put("completion", entry.completion()));
        }

        /** The call is over; only the first end counts. */
        void end(State state, int status) {
            if (entry.state() == State.RUNNING) {
                Entry last = entry.with(state, status, entry.prompt(), entry.cached(), entry.completion());
                write(() -> line(state.name().toLowerCase(Locale.ROOT)).put("at", clock.instant().toString())
                        .put("status", status).put("prompt", last.prompt()).put("cached", last.cached())
                        .put("completion", last.completion()));
                // Last, since whoever waits for quiet may close the file.
                synchronized (accounts) {
                    entry = last;
                    running--;
                    accounts.notifyAll();
                }
            }
        }

        private ObjectNode line(String event) {
            return Json.object().put("n", entry.number()).put("event", event);
        }
    }
}
