package dev.penstock.quota.gateway;

import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import dev.penstock.simulators.model.fault.ModelFault;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What callers of an alias of four engines feel when one is dead, one is slow and one fails every other two seconds, beside the time before. Not
 * part of any build: {@code ./penstock bench routing} plays it.
 */
class RoutingBench {

    private static final RunningService SERVICE = RunningService.get();
    private static final PrintStream OUT = System.out;

    private static final int CALLS_A_SECOND = 40;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration BEFORE = Duration.ofSeconds(60);
    private static final Duration DISTURBED = Duration.ofSeconds(60);
    private static final Duration SETTLED = Duration.ofSeconds(5);
    private static final Duration FLAP = Duration.ofSeconds(2);
    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final ModelPace PACE = new ModelPace(Duration.ZERO, Duration.ofMillis(40), Duration.ofMillis(5));

    private final String alias = "bench-" + UUID.randomUUID();
    private final List<SimModelServer> engines = new ArrayList<>();
    private final List<EndpointId> endpoints = new ArrayList<>();

    /** @param began when it was due, from the beginning of its phase */
    private record Call(Duration began, Duration took, int status, int attempts) {}

    @Test
    void fourTargetsOfWhichThreeAreIll() throws InterruptedException {
        try (TestGateway gateway = new TestGateway(PACE)) {
            for (int number = 0; number < 4; number++) {
                engines.add(TestGateway.engine(EngineSettings.of("served-" + number), PACE));
                endpoints.add(new EndpointId(UUID.randomUUID()));
                gateway.publish(endpoints.get(number), 1, "bench/" + number, false, engines.get(number).url(), "served-" + number, "CHAT").is(200);
            }
            String targets = String.join(",", endpoints.stream().map(each -> "{\"model\":\"bench/" + endpoints.indexOf(each) + "\",\"tier\":0,\"weight\":1}").toList());
            SERVICE.send(SERVICE.admin(), "PUT", "/api/aliases/" + alias + "/1", "{\"strategy\": \"WEIGHTED\", \"targets\": [" + targets + "]}").is(200);

            play(gateway, WARM_UP, () -> {});
            Collection<Call> before = play(gateway, BEFORE, () -> {});
            engines.get(0).close();
            engines.get(1).faults().add(new ModelFault.Slow(SLOW, Duration.ofMillis(5)));
            Instant since = Instant.now();
            Collection<Call> after = play(gateway, DISTURBED, this::flap);
            report(before, after, since, gateway);
        }
        engines.forEach(SimModelServer::close);
    }

    private boolean failing;

    private void flap() {
        if (failing) {
            engines.get(2).faults().liftAll();
        } else {
            engines.get(2).faults().add(new ModelFault.Answer(500, 0));
        }
        failing = !failing;
    }

    /** Calls at their times, whatever became of those before. */
    private Collection<Call> play(TestGateway gateway, Duration length, Runnable everyFlap) throws InterruptedException {
        ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
        long begin = System.nanoTime();
        long nextFlap = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long number = 0; number < length.toSeconds() * CALLS_A_SECOND; number++) {
                long due = number * 1_000_000_000L / CALLS_A_SECOND;
                LockSupport.parkNanos(begin + due - System.nanoTime());
                if (due >= nextFlap) {
                    nextFlap += FLAP.toNanos();
                    everyFlap.run();
                }
                threads.submit(() -> calls.add(call(gateway, begin + due, Duration.ofNanos(due))));
            }
        }
        return calls;
    }

    private Call call(TestGateway gateway, long due, Duration began) {
        Reply reply = gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, alias).replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\""));
        String attempts = reply.header("x-penstock-attempts");
        return new Call(began, Duration.ofNanos(System.nanoTime() - due), reply.status(), attempts.isEmpty() ? 1 : Integer.parseInt(attempts));
    }

    private void report(Collection<Call> before, Collection<Call> after, Instant since, TestGateway gateway) {
        double was = percentile(before, 0.99, call -> true);
        double all = percentile(after, 0.99, call -> true);
        double settled = percentile(after, 0.99, call -> call.began().compareTo(SETTLED) > 0);
        say("undisturbed: %d calls, %d failed, p50 %.0f ms, p99 %.0f ms", before.size(), failed(before), percentile(before, 0.5, call -> true), was);
        say("disturbed:   %d calls, %d failed, p50 %.0f ms, p99 %.0f ms in all (%.2f x), after the first %d s %.0f ms (%.2f x)",
                after.size(), failed(after), percentile(after, 0.5, call -> true), all, all / was, SETTLED.toSeconds(), settled, settled / was);
        await().atMost(Duration.ofSeconds(20)).until(() -> gateway.open() == 0);
        long attempts = attempts(gateway, since, null, Duration.ofHours(1));
        say("attempts beyond the first: %d, %.1f %% of the calls", attempts - after.size(), 100.0 * (attempts - after.size()) / after.size());
        List<String> names = List.of("dead", "slow", "flapping", "well");
        for (int number = 0; number < 4; number++) {
            say("%-9s asked %d times in the first %d s, %d in all", names.get(number), attempts(gateway, since, endpoints.get(number), SETTLED), SETTLED.toSeconds(),
                    attempts(gateway, since, endpoints.get(number), Duration.ofHours(1)));
        }
        for (int number : new int[] {0, 1}) {
            say("%s: third attempt begun after %s ms, after it the first pause of a second begins at %s ms", names.get(number), nth(gateway, since, endpoints.get(number), 3), pause(gateway, since, endpoints.get(number)));
        }
    }

    private static long attempts(TestGateway gateway, Instant since, @Nullable EndpointId endpoint, Duration within) {
        return Long.parseLong(SERVICE.column("select count(*) from quota.intent where tenant_id = '%s' and ts between '%s' and '%s'%s".formatted(
                gateway.tenant.id(), since, since.plus(within), endpoint == null ? "" : " and endpoint_id = '" + endpoint + "'")).getFirst());
    }

    private static String nth(TestGateway gateway, Instant since, EndpointId endpoint, int number) {
        return String.join("", SERVICE.column("select round(extract(epoch from ts - '%s') * 1000)::text from quota.intent where tenant_id = '%s' and endpoint_id = '%s' and ts >= '%s' order by ts offset %d limit 1"
                .formatted(since, gateway.tenant.id(), endpoint, since, number - 1)));
    }

    /** When it began not to be asked for a second: it was put out. */
    private static String pause(TestGateway gateway, Instant since, EndpointId endpoint) {
        return String.join("", SERVICE.column("""
                select round(extract(epoch from ts - '%1$s') * 1000)::text from
                  (select ts, lead(ts, 1, 'infinity') over (order by ts) - ts as gap from quota.intent where tenant_id = '%2$s' and endpoint_id = '%3$s' and ts >= '%1$s') as asked
                 where gap > interval '1 second' order by ts limit 1""".formatted(since, gateway.tenant.id(), endpoint)));
    }

    private static long failed(Collection<Call> calls) {
        return calls.stream().filter(call -> call.status() != 200).count();
    }

    private static double percentile(Collection<Call> calls, double share, Predicate<Call> which) {
        double[] millis = calls.stream().filter(which).mapToDouble(call -> call.took().toNanos() / 1e6).sorted().toArray();
        return millis[(int) Math.min(millis.length - 1, Math.floor(share * millis.length))];
    }

    private static void say(String form, Object... values) {
        OUT.println("routing: " + String.format(Locale.ROOT, form, values));
    }
}
