package dev.penstock.platform.provisioning;

import dev.penstock.platform.cluster.ClusterFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * One question to each of several, all at the same time and each in its own. Whoever failed the last time is not waited for while others answer: what it says
 * counts when it comes.
 *
 * @param <T> what they say
 */
final class AskedAtOnce<T> {

    private final Map<String, FutureTask<T>> asked = new HashMap<>();
    private Set<String> failed = Set.of();

    /**
     * @param questions by whom they are asked
     * @return by who has said it
     * @throws ClusterFailure if nobody answers
     */
    synchronized Map<String, T> ask(Map<String, Supplier<T>> questions) {
        questions.forEach((name, question) -> asked.computeIfAbsent(name, first -> start(name, question)));
        boolean waitsForAll = failed.containsAll(questions.keySet());
        Map<String, T> said = new TreeMap<>();
        List<ClusterFailure> failures = new ArrayList<>();
        for (String name : questions.keySet()) {
            FutureTask<T> answer = asked.get(name);
            if (answer != null && (waitsForAll || !failed.contains(name) || answer.isDone())) {
                asked.remove(name);
                try {
                    said.put(name, result(answer));
                } catch (ClusterFailure e) {
                    failures.add(e);
                }
            }
        }
        Set<String> silent = new HashSet<>(questions.keySet());
        silent.removeAll(said.keySet());
        failed = silent;
        if (said.isEmpty()) {
            throw failures.getFirst();
        }
        return said;
    }

    private static <T> FutureTask<T> start(String name, Supplier<T> question) {
        FutureTask<T> task = new FutureTask<>(question::get);
        Thread.ofVirtual().name("ask-" + name).start(task);
        return task;
    }

    private static <T> T result(FutureTask<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterFailure(ClusterFailure.Kind.UNAVAILABLE, "Nobody waits for the answer any more.", null, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
