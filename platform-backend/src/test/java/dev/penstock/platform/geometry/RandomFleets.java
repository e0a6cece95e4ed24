package dev.penstock.platform.geometry;

import dev.penstock.platform.geometry.Gpu.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** GPUs of two devices, cut and held at random, and who waits for a part of them. */
final class RandomFleets {

    private RandomFleets() {}

    static List<Gpu> fleet(Random random, int gpus) {
        return IntStream.range(0, gpus).mapToObj(index -> gpu(random, Tables.ALL.get(random.nextInt(4) == 0 ? 1 : 0), "node-" + index / 4, index % 4, index / 4 % 2 == 0, random.nextInt(3) / 2.0)).toList();
    }

    /** @param busy of its partitions, 0 to 1 */
    static Gpu gpu(Random random, MigTable table, String node, int index, boolean holdersKnown, double busy) {
        List<Geometry> full = table.full();
        Map<String, Integer> cut = full.get(random.nextInt(full.size())).counts();
        List<Holder> holders = new ArrayList<>();
        cut.forEach((profile, count) -> {
            for (int one = 0; one < count; one++) {
                if (random.nextDouble() < busy) {
                    holders.add(new Holder(node + "-" + index + "-" + profile + "-" + one, profile));
                }
            }
        });
        return new Gpu(node, index, table, cut, holders, holdersKnown);
    }

    static List<Wanted> waiting(Random random, int count, List<Gpu> gpus) {
        return IntStream.range(0, count).mapToObj(number -> {
            MigTable table = gpus.get(random.nextInt(gpus.size())).table();
            MigProfile profile = table.profiles().get(random.nextInt(table.profiles().size()));
            return new Wanted("waiting-" + number, table.device(), profile.name(), Tables.parts(table, profile.name()));
        }).toList();
    }
}
