package dev.penstock.standalone.system;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of several quota-services, as a pod of a StatefulSet: its name and its folders outlive its process. */
final class Replica {

    private static final Duration THERE = Duration.ofSeconds(5);
    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

    private final String name;
    private final URI gateway;
    private final OwnProcess process;
    private final AtomicInteger alive = new AtomicInteger();

    Replica(String name, URI gateway, OwnProcess process) {
        this.name = name;
        this.gateway = gateway;
        this.process = process;
    }

    String name() {
        return name;
    }

    URI gateway() {
        return gateway;
    }

    OwnProcess process() {
        return process;
    }

    /** Answers of which something has arrived, and not yet all. */
    AtomicInteger alive() {
        return alive;
    }

    void awaitAlive(int calls) {
        Eventually.eventually(calls + " answers of " + name + " are under way", THERE.multipliedBy(4), () -> alive.get() >= calls);
    }

    /** Stands still, as a process does on a machine that swaps or a virtual machine that is moved. */
    void freeze() {
        OwnProcess.run("kill", "-STOP", Long.toString(process.pid()));
    }

    void thaw() {
        OwnProcess.run("kill", "-CONT", Long.toString(process.pid()));
    }

    /** What it holds of the machine's memory. */
    long residentMegabytes() {
        return Long.parseLong(OwnProcess.run("ps", "-o", "rss=", "-p", Long.toString(process.pid())).strip()) >> 10;
    }

    /** What is reachable, after a collection of everything. */
    long liveHeapMegabytes() {
        Matcher total = TOTAL.matcher(OwnProcess.run(
                System.getProperty("java.home") + "/bin/jcmd", Long.toString(process.pid()), "GC.class_histogram"));
        if (!total.find()) {
            throw new AssertionError("no total in what jcmd says of " + name);
        }
        return Long.parseLong(total.group(1)) >> 20;
    }

    @Override
    public String toString() {
        return name;
    }
}
