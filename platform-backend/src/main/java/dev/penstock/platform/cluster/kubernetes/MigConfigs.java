package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.ClusterFailure.Kind;
import dev.penstock.platform.cluster.MigConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The file that the MIG manager reads, in a ConfigMap: mig-parted's format. Comments in it do not survive a change. */
final class MigConfigs {

    private static final String FILE = "config.yaml";
    private static final String CONFIGS = "mig-configs";

    private final KubernetesClient client;
    private final ClusterSettings.Mig settings;

    MigConfigs(KubernetesClient client, ClusterSettings.Mig settings) {
        this.client = client;
        this.settings = settings;
    }

    void add(MigConfig config, Predicate<String> keep) {
        var resource = client.configMaps().inNamespace(settings.namespace()).withName(settings.configMap());
        ConfigMap map = resource.get();
        if (map == null || map.getData() == null || map.getData().get(FILE) == null) {
            throw new ClusterFailure(Kind.REFUSED, "There is no ConfigMap " + settings.namespace() + "/" + settings.configMap() + " with a " + FILE + " for the MIG manager.");
        }
        String before = map.getData().get(FILE);
        String after = with(before, config, keep);
        if (!after.equals(before)) {
            map.getData().put(FILE, after);
            // With the version that was read: who changed it meanwhile is not overwritten.
            client.resource(map).update();
        }
    }

    private String with(String file, MigConfig config, Predicate<String> keep) {
        KubernetesSerialization yaml = client.getKubernetesSerialization();
        Map<String, Object> tree = new LinkedHashMap<>();
        Map<Object, Object> configs = new LinkedHashMap<>();
        if (!(yaml.unmarshal(file, Map.class) instanceof Map<?, ?> read) || !(read.get(CONFIGS) instanceof Map<?, ?> known)) {
            throw new ClusterFailure(Kind.REFUSED, FILE + " of ConfigMap " + settings.namespace() + "/" + settings.configMap() + " has no " + CONFIGS + ".");
        }
        read.forEach((name, value) -> tree.put(String.valueOf(name), value));
        known.forEach((name, value) -> {
            if (keep.test(String.valueOf(name))) {
                configs.put(name, value);
            }
        });
        Object wanted = devices(config.gpus());
        if (wanted.equals(configs.put(config.name(), wanted)) && configs.size() == known.size()) {
            return file;
        }
        tree.put(CONFIGS, configs);
        return yaml.asYaml(tree);
    }

    /** GPUs that are cut alike stand together. */
    private static List<Map<String, Object>> devices(List<Map<String, Integer>> gpus) {
        Map<Map<String, Integer>, List<Integer>> alike = new LinkedHashMap<>();
        for (int index = 0; index < gpus.size(); index++) {
            alike.computeIfAbsent(new TreeMap<>(gpus.get(index)), cut -> new ArrayList<>()).add(index);
        }
        return alike.entrySet().stream().map(each -> device(each.getKey(), each.getValue())).toList();
    }

    private static Map<String, Object> device(Map<String, Integer> cut, List<Integer> indexes) {
        Map<String, Object> device = new HashMap<>(Map.of("devices", indexes, "mig-enabled", !cut.isEmpty()));
        if (!cut.isEmpty()) {
            device.put("mig-devices", cut);
        }
        return device;
    }
}
