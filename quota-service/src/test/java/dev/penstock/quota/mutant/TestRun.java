package dev.penstock.quota.mutant;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test classes inside of a test, or as a program of its own. */
record TestRun(long tests, long failures, String told) {

    static final int GREEN = 0;
    static final int RED = 10;
    static final int NO_TESTS = 11;

    /** @param loader by which everything of this program is found */
    static TestRun of(ClassLoader loader, Collection<String> classes) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return run(classes.stream().map(name -> selectClass(load(loader, name))).toList());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static TestRun run(List<ClassSelector> classes) {
        LauncherDiscoveryRequest tests = LauncherDiscoveryRequestBuilder.request().selectors(classes).build();
        SummaryGeneratingListener said = new SummaryGeneratingListener();
        LauncherFactory.create().execute(tests, said);
        StringWriter told = new StringWriter();
        said.getSummary().printFailuresTo(new PrintWriter(told));
        return new TestRun(said.getSummary().getTestsStartedCount(), said.getSummary().getTotalFailureCount(), told.toString());
    }

    private static Class<?> load(ClassLoader loader, String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    int exit() {
        return tests == 0 ? NO_TESTS : failures == 0 ? GREEN : RED;
    }

    /** @param arguments names of test classes */
    public static void main(String... arguments) {
        TestRun run = of(TestRun.class.getClassLoader(), Arrays.asList(arguments));
        System.out.println(run.told());
        System.exit(run.exit());
    }
}
