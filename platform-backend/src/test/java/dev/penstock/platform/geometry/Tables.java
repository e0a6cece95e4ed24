package dev.penstock.platform.geometry;

import java.util.List;

/** Devices as their driver lists them. */
final class Tables {

    static final MigTable H100 = new MigTable("NVIDIA-H100-80GB-HBM3", 7, 8, List.of(
            new MigProfile("whole", 7, 8, List.of(0), 1),
            new MigProfile("7g.80gb", 7, 8, List.of(0), 1),
            new MigProfile("4g.40gb", 4, 4, List.of(0), 1),
            new MigProfile("3g.40gb", 3, 4, List.of(0, 4), 2),
            new MigProfile("2g.20gb", 2, 2, List.of(0, 2, 4), 3),
            new MigProfile("1g.20gb", 1, 2, List.of(0, 2, 4, 6), 4),
            new MigProfile("1g.10gb+me", 1, 1, List.of(0, 1, 2, 3, 4, 5, 6), 1),
            new MigProfile("1g.10gb", 1, 1, List.of(0, 1, 2, 3, 4, 5, 6), 7)));

    static final MigTable A30 = new MigTable("NVIDIA-A30", 4, 4, List.of(
            new MigProfile("whole", 4, 4, List.of(0), 1),
            new MigProfile("4g.24gb", 4, 4, List.of(0), 1),
            new MigProfile("2g.12gb", 2, 2, List.of(0, 2), 2),
            new MigProfile("1g.6gb", 1, 1, List.of(0, 1, 2, 3), 4)));

    static final List<MigTable> ALL = List.of(H100, A30);

    private Tables() {}

    /** Of 840 of a GPU: by computing or by memory, whichever is more (decision 003). */
    static int parts(MigTable table, String profile) {
        MigProfile of = table.profile(profile);
        return Math.max(840 * of.compute() / table.compute(), 840 * of.memory() / table.memory());
    }
}
