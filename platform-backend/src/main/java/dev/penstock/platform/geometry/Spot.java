package dev.penstock.platform.geometry;

import dev.penstock.platform.geometry.Gpu.Holder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A GPU in a draft: how it would be cut, and who would be on it. Counts are by profile, in the order of the table. */
final class Spot {

    /** Spots of one kind are as good as each other for whoever waits. */
    record Kind(MigTable table, int stopping, List<Integer> counts) {}

    /** Everyone whom cutting one of some GPUs anew stops: those of one, or of all of a node. */
    static final class Stop {

        private final List<Holder> running = new ArrayList<>();
        private boolean stopped;

        int stopped() {
            return stopped ? running.size() : 0;
        }
    }

    private final Gpu gpu;
    private final Stop stop;
    private final MigTable table;
    private final List<Holder> staying = new ArrayList<>();
    private final List<Wanted> coming = new ArrayList<>();
    private final int[] taken;
    private int[] cut;
    private @Nullable Geometry after;

    Spot(Gpu gpu, Stop stop) {
        this.gpu = gpu;
        this.stop = stop;
        stop.running.addAll(gpu.holders());
        this.table = gpu.table();
        this.cut = table.vector(gpu.cut());
        this.taken = new int[cut.length];
        gpu.holders().forEach(this::stay);
    }

    Gpu gpu() {
        return gpu;
    }

    MigTable table() {
        return table;
    }

    /** Null: it is not cut anew. */
    @Nullable Geometry after() {
        return after;
    }

    /** Whom cutting it anew stops that nothing has stopped yet. */
    int stopping() {
        return stop.stopped ? 0 : stop.running.size();
    }

    boolean isStopped() {
        return stop.stopped;
    }

    int free(int profile) {
        return cut[profile] - taken[profile];
    }

    int taken(int profile) {
        return taken[profile];
    }

    void cutAnew(Geometry geometry) {
        after = geometry;
        stop.stopped = true;
        cut = geometry.vector();
    }

    /** Of the device's geometries the first that has room for all that is here and one more. */
    @Nullable Geometry withRoomFor(int profile) {
        taken[profile]++;
        try {
            return table.full().stream().filter(each -> covers(each.vector())).findFirst().orElse(null);
        } finally {
            taken[profile]--;
        }
    }

    private boolean covers(int[] counts) {
        for (int profile = 0; profile < counts.length; profile++) {
            if (counts[profile] < taken[profile]) {
                return false;
            }
        }
        return true;
    }

    void stay(Holder holder) {
        staying.add(holder);
        taken[table.index(holder.profile())]++;
    }

    void come(Wanted wanted) {
        coming.add(wanted);
        taken[table.index(wanted.profile())]++;
    }

    /** Sends somebody with such a partition elsewhere; who has not begun yet before who runs. */
    void sendTo(Spot other, String profile) {
        taken[table.index(profile)]--;
        for (Wanted each : coming) {
            if (each.profile().equals(profile)) {
                coming.remove(each);
                other.come(each);
                return;
            }
        }
        Holder holder = staying.stream().filter(each -> each.profile().equals(profile)).findFirst().orElseThrow();
        staying.remove(holder);
        other.stay(holder);
    }

    List<Holder> staying() {
        return staying;
    }

    List<Wanted> coming() {
        return coming;
    }

    Kind kind() {
        List<Integer> counts = new ArrayList<>(2 * cut.length);
        Arrays.stream(cut).forEach(counts::add);
        Arrays.stream(taken).forEach(counts::add);
        return new Kind(table, stopping(), counts);
    }
}
