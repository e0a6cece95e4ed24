package dev.penstock.quota.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up beside each other, so that a slow one delays no other. Each has a time of its own, and what comes later is not heard. Nobody can end a look-up
 * that hangs, so there is a bound for each name and one for all.
 */
final class LookUps {

    /** Of all names together; more wait, and their time runs. */
    private static final int MOST = 32;

    /** One that hangs, and one that finds out whether the next does too. */
    private static final int MOST_OF_ONE_NAME = 2;

    private final Names names;
    private final Duration longest;
    private final Semaphore places = new Semaphore(MOST);
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    /** @param longest how long an answer is waited for */
    LookUps(Names names, Duration longest) {
        this.names = names;
        this.longest = longest;
    }

    /** Ends in time, with an answer or a failure. */
    CompletableFuture<List<InetAddress>> begin(String host) {
        if (underWay.merge(host, 1, Integer::sum) > MOST_OF_ONE_NAME) {
            leave(host);
            return CompletableFuture.failedFuture(new UnknownHostException(host));
        }
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<List<InetAddress>>().orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS);
        Thread.ofVirtual().name("look-up " + host).start(() -> answer(host, answer));
        return answer;
    }

    private void answer(String host, CompletableFuture<List<InetAddress>> answer) {
        try {
            answer.complete(ask(host, answer));
        } catch (UnknownHostException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Has left before anybody hears the answer: who asks again then is not one too many. */
    private List<InetAddress> ask(String host, CompletableFuture<List<InetAddress>> answer) throws UnknownHostException {
        try {
            places.acquireUninterruptibly();
            try {
                return answer.isDone() ? List.of() : names.addresses(host);
            } finally {
                places.release();
            }
        } finally {
            leave(host);
        }
    }

    private void leave(String host) {
        underWay.computeIfPresent(host, (same, many) -> many == 1 ? null : many - 1);
    }
}
