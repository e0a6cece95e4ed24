package dev.penstock.quota.apikey;

import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Whether the time in which a key is refused tells that its id exists: a known id with a wrong secret beside an id that nobody has, by turns, where it
 * is decided, without a network in between. Not part of any build: {@code ./penstock bench key-timing} plays it.
 */
class KeyTimingBench {

    private static final RunningService SERVICE = RunningService.get();
    private static final int WARM_UP = 50_000;
    private static final int SAMPLES = 200_000;
    private static final int ROUNDS = 5;

    private final Random random = new Random(20261123);
    private final Keys keys = SERVICE.bean(Keys.class);

    @Test
    void aWrongSecretBesideAnUnknownId() {
        TestTenant tenant = TestTenant.register();
        String secret = SERVICE.send(
                        SERVICE.issuer().person("someone", tenant.memberGroup()), "PUT",
                        "/api/tenants/" + tenant.id() + "/projects/" + tenant.project() + "/keys/" + UUID.randomUUID(), "{\"name\": \"timed\"}")
                .is(200).body().path("secret").asString();
        String known = KeyText.parse(secret).orElseThrow().publicId();
        for (int round = 0; round < ROUNDS; round++) {
            measure(known, WARM_UP);
            long[][] nanos = measure(known, SAMPLES);
            say("round %d: wrong secret %d ns, unknown id %d ns (medians of %d), %.3f x; quarters %d to %d and %d to %d ns", round + 1, at(nanos[0], 0.5), at(nanos[1], 0.5), SAMPLES,
                    (double) at(nanos[0], 0.5) / at(nanos[1], 0.5), at(nanos[0], 0.25), at(nanos[0], 0.75), at(nanos[1], 0.25), at(nanos[1], 0.75));
        }
    }

    /** Both kinds of text are made beforehand, and which comes first is by chance. */
    private long[][] measure(String known, int samples) {
        long[][] nanos = new long[2][samples];
        int refused = 0;
        for (int sample = 0; sample < samples; sample++) {
            String[] texts = {withId(known), KeyText.random(random).text()};
            int first = random.nextInt(2);
            for (int turn = 0; turn < 2; turn++) {
                int which = first ^ turn;
                long begin = System.nanoTime();
                refused += keys.find(texts[which]).isEmpty() ? 1 : 0;
                nanos[which][sample] = System.nanoTime() - begin;
            }
        }
        if (refused != 2 * samples) {
            throw new IllegalStateException("a key was guessed");
        }
        Arrays.stream(nanos).forEach(Arrays::sort);
        return nanos;
    }

    private String withId(String id) {
        return KeyText.random(random, id).text();
    }

    private static long at(long[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }

    private static void say(String form, Object... values) {
        System.out.println("key-timing: " + String.format(Locale.ROOT, form, values));
    }
}
