package dev.penstock.platform.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules of a table, slot by slot, written a second time: what the product says is held against it. */
final class Legality {

    private Legality() {}

    static void require(MigTable table, Geometry geometry) {
        boolean[] slots = new boolean[table.memory()];
        int compute = 0;
        for (Placement placement : geometry.placements()) {
            MigProfile profile = placement.profile();
            assertThat(table.profiles()).contains(profile);
            assertThat(profile.starts()).contains(placement.start());
            for (int slot = placement.start(); slot < placement.start() + profile.memory(); slot++) {
                assertThat(slots[slot]).as("slot %d of %s is taken twice", slot, geometry).isFalse();
                slots[slot] = true;
            }
            compute += profile.compute();
            assertThat(geometry.placements().stream().filter(each -> each.profile().equals(profile)).count()).isLessThanOrEqualTo(profile.most());
        }
        assertThat(compute).as("slots of computing of %s", geometry).isLessThanOrEqualTo(table.compute());
    }

    static boolean placeable(MigTable table, Map<String, Integer> counts) {
        List<MigProfile> each = new ArrayList<>();
        counts.forEach((name, count) -> {
            for (int one = 0; one < count; one++) {
                each.add(table.profile(name));
            }
        });
        return each.stream().mapToInt(MigProfile::compute).sum() <= table.compute() && place(each, 0, new boolean[table.memory()]);
    }

    private static boolean place(List<MigProfile> each, int from, boolean[] slots) {
        if (from == each.size()) {
            return true;
        }
        MigProfile profile = each.get(from);
        for (int start : profile.starts()) {
            if (free(slots, start, profile.memory())) {
                set(slots, start, profile.memory(), true);
                boolean placed = place(each, from + 1, slots);
                set(slots, start, profile.memory(), false);
                if (placed) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean free(boolean[] slots, int start, int size) {
        for (int slot = start; slot < start + size; slot++) {
            if (slots[slot]) {
                return false;
            }
        }
        return true;
    }

    private static void set(boolean[] slots, int start, int size, boolean taken) {
        for (int slot = start; slot < start + size; slot++) {
            slots[slot] = taken;
        }
    }
}
