package dev.penstock.standalone.system;

import java.util.ArrayList;
import java.util.List;

/** An installation with several replicas of quota-service and no portal. */
final class ReplicatedPenstock implements AutoCloseable {

    private final RunningPenstock penstock;
    private final NoPortal portal;
    private final Replicas replicas;

    /** @param settings of quota-service: {@code name=value} without the program's prefix */
    static ReplicatedPenstock start(int count, String... settings) {
        // While the database is away each refusal takes as long as somebody waits for a connection.
        List<String> options = new ArrayList<>(List.of("--without", "quota-service,platform-ui", "--set", "quota-service:penstock.database.connect-timeout=1s"));
        for (String setting : settings) {
            options.addAll(List.of("--set", "quota-service:penstock." + setting));
        }
        RunningPenstock penstock = RunningPenstock.start(options.toArray(String[]::new));
        try {
            return new ReplicatedPenstock(penstock, count);
        } catch (RuntimeException | AssertionError e) {
            penstock.close();
            throw e;
        }
    }

    private ReplicatedPenstock(RunningPenstock penstock, int count) {
        this.penstock = penstock;
        this.portal = NoPortal.at(penstock);
        this.replicas = Replicas.start(penstock, count);
    }

    RunningPenstock penstock() {
        return penstock;
    }

    List<Replica> replicas() {
        return replicas.all();
    }

    /** Each replica returns what it holds, and none is there afterwards. */
    void stopReplicas() {
        replicas.stop();
    }

    @Override
    public void close() {
        replicas.close();
        portal.close();
        penstock.close();
    }
}
