package dev.penstock.platform.fleet;

import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.geometry.MigProfile;
import dev.penstock.platform.geometry.MigTable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The devices of the catalogue, by product label, with what their GPUs can be cut into. */
@Component
class Devices {

    private static final Comparator<SliceProfile> LARGEST = Comparator.comparingInt(SliceProfile::parts).thenComparing(profile -> profile.kind() == Kind.WHOLE ? 1 : 0).reversed()
            .thenComparing(SliceProfile::id);

    private final SliceProfiles catalogue;
    private volatile @Nullable Known known;

    /** @param from what they were made of; the catalogue reads itself anew every few seconds */
    private record Known(List<SliceProfile> from, Map<String, Device> byProduct) {}

    /**
     * @param profiles what one GPU can be or be cut into, largest first
     * @param takes what a slice takes of a node's GPUs, by its profile's id
     */
    record Device(String name, MigTable table, List<SliceProfile> profiles, Map<String, Takes> takes) {

        Optional<SliceProfile> byResource(String resource) {
            return profiles.stream().filter(profile -> profile.resource().equals(resource)).findFirst();
        }

        SliceProfile byName(String name) {
            return profiles.stream().filter(profile -> profile.name().equals(name)).findFirst().orElseThrow();
        }
    }

    /**
     * @param name of the partition; {@code whole} for a whole GPU
     * @param amount of such, each on a GPU that has one
     */
    record Takes(String name, int amount) {}

    Devices(SliceProfiles catalogue) {
        this.catalogue = catalogue;
    }

    /** Empty: the catalogue has no profile of it, or none that takes all of a GPU. */
    Optional<Device> of(String product) {
        return Optional.ofNullable(byProduct().get(product));
    }

    private Map<String, Device> byProduct() {
        List<SliceProfile> all = catalogue.all();
        Known last = known;
        if (last == null || !last.from().equals(all)) {
            last = new Known(all, read(all));
            known = last;
        }
        return last.byProduct();
    }

    private static Map<String, Device> read(List<SliceProfile> all) {
        Map<String, Device> devices = new LinkedHashMap<>();
        all.stream().filter(profile -> !profile.kind().shares() && profile.isCounted()).sorted(LARGEST).collect(Collectors.groupingBy(SliceProfile::nodeProduct, LinkedHashMap::new, Collectors.toList()))
                .forEach((product, profiles) -> profiles.stream().filter(profile -> profile.kind() == Kind.WHOLE && profile.isOfOneGpu()).findFirst()
                        .ifPresent(whole -> devices.put(product, device(product, whole, profiles))));
        return devices;
    }

    private static Device device(String product, SliceProfile whole, List<SliceProfile> profiles) {
        List<SliceProfile> ofOne = profiles.stream().filter(SliceProfile::isOfOneGpu).toList();
        Map<String, String> names = ofOne.stream().collect(Collectors.toMap(SliceProfile::resource, SliceProfile::name));
        Map<String, Takes> takes = profiles.stream().filter(profile -> names.containsKey(profile.resource()))
                .collect(Collectors.toMap(
                        SliceProfile::id, profile -> new Takes(Objects.requireNonNull(names.get(profile.resource())), profile.amount())));
        return new Device(whole.device(), table(product, whole, ofOne), ofOne, takes);
    }

    private static MigTable table(String product, SliceProfile whole, List<SliceProfile> profiles) {
        return new MigTable(product, whole.computeSlots(), whole.memorySlots(), profiles.stream()
                .map(profile -> new MigProfile(profile.name(), profile.computeSlots(), profile.memorySlots(), profile.starts(), profile.most()))
                .toList());
    }
}
