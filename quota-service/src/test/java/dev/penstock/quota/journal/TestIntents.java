package dev.penstock.quota.journal;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.allotment.Share;
import dev.penstock.quota.calendar.Period;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Intents of every shape. */
final class TestIntents {

    /** As many bits as 38 digits have at least. */
    private static final int AMOUNT_BITS = 126;

    private static final PotId POT = new PotId(new LimitId(new UUID(3, 3)), Period.ALWAYS);

    private TestIntents() {}

    static Intent of(Attempt attempt) {
        return of(attempt, List.of(new Intent.Part(Meter.TOKENS, new Share(POT, 7, BigInteger.valueOf(150)))));
    }

    static Intent of(Attempt attempt, List<Intent.Part> parts) {
        return new Intent(
                attempt, TestJournal.DEADLINE, new ProjectId(new UUID(4, 4)), new KeyId(new UUID(5, 5)), null, new EndpointId(new UUID(6, 6)), 0, 1, "chat", 1, 1,
                1_000, 100, 50, BigInteger.TEN, 1, parts);
    }

    /** The longest that there may be. */
    static Intent longest(Attempt attempt) {
        BigInteger most = BigInteger.TEN.pow(Fields.MOST_DIGITS).subtract(BigInteger.ONE);
        Intent.Part part = new Intent.Part(Meter.MONEY, new Share(POT, Long.MAX_VALUE, most));
        return new Intent(
                attempt, TestJournal.DEADLINE, new ProjectId(new UUID(4, 4)), new KeyId(new UUID(5, 5)), null, new EndpointId(new UUID(6, 6)), 0, 1,
                "\u20ac".repeat(Intent.MOST_SKU_BYTES / 3), 1, 1, 1_000, 100, 50, most, 1, Collections.nCopies(Intent.MOST_PARTS, part));
    }

    static Intent random(Random random) {
        boolean byKey = random.nextBoolean();
        return new Intent(
                TestJournal.random(random).attempt(), instant(random), new ProjectId(uuid(random)), byKey ? new KeyId(uuid(random)) : null,
                byKey ? null : (Integer) random.nextInt(), new EndpointId(uuid(random)), random.nextInt(), random.nextInt(),
                "modèle €".repeat(random.nextInt(4)), random.nextInt(), random.nextInt(), random.nextLong(), random.nextLong(), random.nextLong(),
                amount(random), random.nextInt(), parts(random));
    }

    private static List<Intent.Part> parts(Random random) {
        List<Intent.Part> parts = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            Instant start = instant(random);
            Period period = random.nextInt(4) == 0 ? Period.ALWAYS : new Period(start, start.plusNanos(1 + random.nextLong(1L << 62)));
            parts.add(new Intent.Part(
                    Meter.values()[random.nextInt(Meter.values().length)],
                    new Share(new PotId(new LimitId(uuid(random)), period), random.nextLong(), amount(random).add(BigInteger.ONE))));
        }
        return parts;
    }

    private static Instant instant(Random random) {
        return Instant.ofEpochSecond(random.nextLong() >> 30, random.nextInt(1_000_000_000));
    }

    private static BigInteger amount(Random random) {
        return new BigInteger(random.nextInt(AMOUNT_BITS), random);
    }

    private static UUID uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
