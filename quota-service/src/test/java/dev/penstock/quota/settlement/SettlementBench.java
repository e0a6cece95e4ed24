package dev.penstock.quota.settlement;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.journal.Ended;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * How many calls a second one settler books, beside how many bare usage rows PostgreSQL takes by COPY: on the same database, by turns, each
 * committed durably. Not part of any build: {@code ./penstock bench settlement} plays it.
 *
 * <p>A call here is one as most are: of a key, counted by limits of its tenant, its project and itself, its intent from the journal, its reservation
 * taken of allotments. COPY writes the same rows into a table with the same columns, constraints and key, which belongs to nobody and means nothing.
 */
class SettlementBench {

    /** As the settings have it. */
    private static final int BATCH = 1_000;
    private static final int THREADS = 2;
    private static final int CALLS = 10_000;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;

    private static final String COPIED = "bench.copied";
    private static final String COLUMNS = "tenant_id, ts, call_id, attempt, project_id, key_id, person, endpoint_id, upstream, model, path, price_version, status, "
            + "estimated, input, cache_read, cache_write, output, cost, duration_ms, first_token_ms";

    @Test
    void besideCopy() throws SQLException, IOException {
        try (TestDatabase database = TestDatabase.create(); Connection copying = database.connectAsAdmin()) {
            SpendBench bench = new SpendBench(RunningService.pricedOn(database));
            SpendBench.Tenant tenant = bench.tenant();
            TakenCalls calls = new TakenCalls(bench, tenant);
            calls.limit(Level.TENANT, Meter.TOKENS, Window.MONTH);
            calls.limit(Level.TENANT, Meter.MONEY, Window.MONTH);
            calls.limit(Level.PROJECT, Meter.TOKENS, Window.MONTH);
            calls.limit(Level.KEY, Meter.TOKENS, Window.DAY);
            try (var statement = copying.createStatement()) {
                statement.execute("create schema bench");
                statement.execute("create table " + COPIED + " (like quota.usage including all)");
            }
            double[] ratios = new double[ROUNDS];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                List<Ended> ends = calls.ended(CALLS);
                double settled = CALLS / seconds(() -> settle(bench, tenant, ends));
                String rows = rows(copying, tenant);
                double copied = CALLS / seconds(() -> copy(copying, rows));
                System.out.printf(Locale.ROOT, "%s: settled %,.0f/s, copied %,.0f/s, ratio %.3f%n", round < 0 ? "warm-up " + (round + WARM_UP + 1) : "round " + (round + 1), settled, copied, settled / copied);
                if (round >= 0) {
                    ratios[round] = settled / copied;
                }
            }
            bench.isSound(tenant);
            Arrays.sort(ratios);
            System.out.printf(Locale.ROOT, "settlement over COPY, batches of %d calls by %d threads: median %.3f, low %.3f, high %.3f%n", BATCH, THREADS, ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
        }
    }

    /** As the settler does it. */
    private static void settle(SpendBench bench, SpendBench.Tenant tenant, List<Ended> ends) {
        try (ExecutorService hands = Executors.newFixedThreadPool(THREADS)) {
            for (int from = 0; from < ends.size(); from += BATCH) {
                List<Ended> batch = ends.subList(from, Math.min(from + BATCH, ends.size()));
                hands.execute(() -> bench.settling.apply(tenant.id(), batch));
            }
        }
    }

    /** What was settled just now, as COPY writes it. */
    private static String rows(Connection connection, SpendBench.Tenant tenant) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.execute("truncate " + COPIED);
        }
        StringWriter rows = new StringWriter();
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(
                "copy (select " + COLUMNS + " from quota.usage where tenant_id = '" + tenant.id() + "' order by call_id desc limit " + CALLS + ") to stdout", rows);
        return rows.toString();
    }

    private static void copy(Connection connection, String rows) throws SQLException, IOException {
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + COPIED + " (" + COLUMNS + ") from stdin", new StringReader(rows));
    }

    private interface Work {

        void run() throws SQLException, IOException;
    }

    private static double seconds(Work work) throws SQLException, IOException {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }
}
