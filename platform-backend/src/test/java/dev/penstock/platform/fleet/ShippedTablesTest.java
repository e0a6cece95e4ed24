package dev.penstock.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.geometry.Geometry;
import dev.penstock.platform.geometry.MigProfile;
import dev.penstock.platform.geometry.MigTable;
import dev.penstock.platform.geometry.Placement;
import dev.penstock.platform.running.RunningPlatform;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables that ship, by what NVIDIA says of them. */
class ShippedTablesTest {

    private final Devices devices = RunningPlatform.shared().context().getBean(Devices.class);
    private final SliceProfiles profiles = RunningPlatform.shared().context().getBean(SliceProfiles.class);

    @ParameterizedTest
    @CsvSource({
        "NVIDIA-A100-SXM4-40GB, 40, 1g.5gb, 1g.10gb, 2g.10gb, 3g.20gb, 4g.20gb, 7g.40gb",
        "NVIDIA-A100-PCIE-40GB, 40, 1g.5gb, 1g.10gb, 2g.10gb, 3g.20gb, 4g.20gb, 7g.40gb",
        "NVIDIA-A100-SXM4-80GB, 80, 1g.10gb, 1g.20gb, 2g.20gb, 3g.40gb, 4g.40gb, 7g.80gb",
        "NVIDIA-A100-80GB-PCIe, 80, 1g.10gb, 1g.20gb, 2g.20gb, 3g.40gb, 4g.40gb, 7g.80gb",
        "NVIDIA-H100-80GB-HBM3, 80, 1g.10gb, 1g.20gb, 2g.20gb, 3g.40gb, 4g.40gb, 7g.80gb",
        "NVIDIA-H100-NVL, 94, 1g.12gb, 1g.24gb, 2g.24gb, 3g.47gb, 4g.47gb, 7g.94gb",
        "NVIDIA-GH200-480GB, 96, 1g.12gb, 1g.24gb, 2g.24gb, 3g.48gb, 4g.48gb, 7g.96gb",
        "NVIDIA-H20, 96, 1g.12gb, 1g.24gb, 2g.24gb, 3g.48gb, 4g.48gb, 7g.96gb",
        "NVIDIA-H200, 141, 1g.18gb, 1g.35gb, 2g.35gb, 3g.71gb, 4g.71gb, 7g.141gb",
        "NVIDIA-B200, 180, 1g.23gb, 1g.45gb, 2g.45gb, 3g.90gb, 4g.90gb, 7g.180gb",
    })
    void isAsTheMakerListsIt(String product, int gigabytes, String one, String oneWide, String two, String three, String four, String seven) {
        Devices.Device device = devices.of(product).orElseThrow();
        MigTable table = device.table();
        String media = one + "+me";
        String key = device.byName("whole").id().replace(".whole", "");
        assertThat(device.takes()).as("several GPUs").containsKeys(key + ".whole-x2", key + ".whole-x4", key + ".whole-x8");
        assertThat(Stream.of("time-sliced-", "mps-").flatMap(kind -> Stream.of(2, 4, 8).map(n -> key + "." + kind + n))).as("shared ones")
                .allMatch(id -> profiles.find(id).filter(profile -> profile.nodeProduct().equals(product)).isPresent());
        assertThat(table.room(List.of())).as("how many of each, alone").isEqualTo(
                Map.of("whole", 1, seven, 1, four, 1, three, 2, two, 3, oneWide, 4, one, 7, media, 1));
        assertThat(table.profiles()).as("what the listing says and what fits are the same").allSatisfy(profile -> assertThat(table.room(List.of())).containsEntry(profile.name(), profile.most()));

        Geometry threes = table.geometry(Map.of(three, 2)).orElseThrow();
        assertThat(threes.strandedCompute(table)).as("two halves strand a slot of computing").isEqualTo(1);
        assertThat(memory(threes)).isEqualTo(8);
        Geometry full = table.geometry(Map.of(four, 1, three, 1)).orElseThrow();
        assertThat(full.strandedCompute(table)).isZero();
        assertThat(memory(full)).isEqualTo(8);
        assertThat(table.geometry(Map.of(two, 3, one, 1))).isPresent();
        Geometry mixed = table.geometry(Map.of(three, 1, one, 4)).orElseThrow();
        assertThat(mixed.placements()).filteredOn(placement -> placement.profile().name().equals(three)).extracting(Placement::start).containsExactly(4);
        assertThat(table.room(List.of(new Placement(table.profile(three), 0)))).as("a large one at the first slot").containsEntry(one, 3).containsEntry(four, 0);

        assertThat(table.geometry(Map.of(media, 1, one, 6))).isPresent();
        assertThat(table.geometry(Map.of(media, 2))).as("media engines are on one").isEmpty();
        assertThat(table.geometry(Map.of(four, 2))).isEmpty();
        assertThat(table.geometry(Map.of(one, 8))).isEmpty();
        assertThat(table.geometry(Map.of("whole", 1, one, 1))).isEmpty();

        assertThat(device.profiles()).allSatisfy(profile -> {
            assertThat(profile.parts()).as(profile.id()).isEqualTo(Math.max(120 * profile.computeSlots(), 105 * profile.memorySlots()));
            assertThat(profile.memoryMib()).as(profile.id() + " promises no more than it has").isLessThanOrEqualTo(nominal(profile, gigabytes));
            assertThat(profile.resource()).isEqualTo(profile.kind() == Kind.WHOLE ? "nvidia.com/gpu" : "nvidia.com/mig-" + profile.name().replace('+', '.'));
        });
    }

    private static long nominal(SliceProfile profile, int gigabytes) {
        return gigabytes * 1024L * profile.memorySlots() / 8;
    }

    private static int memory(Geometry geometry) {
        return geometry.placements().stream().map(Placement::profile).mapToInt(MigProfile::memory).sum();
    }
}
