package dev.penstock.quota.gateway;

import static org.awaitility.Awaitility.await;

import dev.penstock.db.testing.TestDatabase;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * How long a key still calls after it was revoked, at the replica that was told and at two others, with PostgreSQL's notifications and without. Not part of any
 * build: {@code ./penstock bench revocation} plays it.
 */
class RevocationBench {

    private static final int REPLICAS = 3;
    private static final int ROUNDS = 100;
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(2);
    private static final long MOST = TimeUnit.SECONDS.toNanos(30);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<RunningService> replicas = new ArrayList<>();

    @Test
    void threeReplicas() throws InterruptedException, ExecutionException {
        TestDatabase database = TestDatabase.create();
        for (int number = 0; number < REPLICAS; number++) {
            replicas.add(RunningService.on(database));
        }
        TestTenant tenant = TestTenant.register(replicas.getFirst(), "UTC");
        play(tenant, "warming up", 10);
        play(tenant, "notified", ROUNDS);
        replicas.getFirst().execute("alter table quota.change disable trigger change_notify");
        play(tenant, "not notified", ROUNDS);
    }

    private void play(TestTenant tenant, String how, int rounds) throws InterruptedException, ExecutionException {
        List<Long> told = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        List<Long> answers = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            round(tenant, told, others, answers);
            // Not in step with the polls.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(37L * (round % 29)));
        }
        say("%s, %d revocations: answered after %s; no call is let in any more at the replica that was told after %s, at two others after %s",
                how, rounds, figures(answers), figures(told), figures(others));
    }

    private void round(TestTenant tenant, List<Long> told, List<Long> others, List<Long> answers) throws InterruptedException, ExecutionException {
        RunningService first = replicas.getFirst();
        UUID id = UUID.randomUUID();
        String member = first.issuer().person("someone", tenant.memberGroup());
        String secret = first.send(member, "PUT", "/api/tenants/" + tenant.id() + "/projects/" + tenant.project() + "/keys/" + id, "{\"name\": \"revoked\"}")
                .is(200).body().path("secret").asString();
        replicas.forEach(replica -> await().atMost(Duration.ofSeconds(30)).until(() -> status(replica, secret) == 200));
        CountDownLatch calling = new CountDownLatch(REPLICAS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> lastLetIn = replicas.stream().map(replica -> threads.submit(() -> lastLetIn(replica, secret, calling))).toList();
            calling.await();
            long revoked = System.nanoTime();
            first.send(member, "POST", "/api/tenants/" + tenant.id() + "/keys/" + id + "/revoke", null).is(200);
            answers.add(System.nanoTime() - revoked);
            told.add(lastLetIn.getFirst().get() - revoked);
            for (Future<Long> other : lastLetIn.subList(1, REPLICAS)) {
                others.add(other.get() - revoked);
            }
        }
    }

    /** When the last call began that was let in. */
    private long lastLetIn(RunningService replica, String secret, CountDownLatch calling) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long last = begin;
        boolean counted = false;
        while (System.nanoTime() - begin < MOST) {
            long asked = System.nanoTime();
            if (status(replica, secret) != 200) {
                return last;
            }
            last = asked;
            if (!counted) {
                calling.countDown();
                counted = true;
            }
            LockSupport.parkNanos(BETWEEN_CALLS.toNanos());
        }
        throw new IllegalStateException("a revoked key still calls after " + TimeUnit.NANOSECONDS.toSeconds(MOST) + " s");
    }

    private int status(RunningService replica, String secret) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + replica.bean(Gateway.class).port() + "/v1/models"))
                .header("authorization", "Bearer " + secret).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Of a call that was let in before the revocation was asked for: at once. */
    private static String figures(List<Long> nanos) {
        List<Long> sorted = new ArrayList<>(nanos.stream().map(each -> Math.max(0, each)).toList());
        Collections.sort(sorted);
        return millis(sorted, 0.5) + " ms (p99 " + millis(sorted, 0.99) + ", longest " + millis(sorted, 1) + ")";
    }

    private static long millis(List<Long> sorted, double share) {
        return TimeUnit.NANOSECONDS.toMillis(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }

    private static void say(String format, Object... values) {
        System.out.println("revocation: " + String.format(Locale.ROOT, format, values));
    }
}
