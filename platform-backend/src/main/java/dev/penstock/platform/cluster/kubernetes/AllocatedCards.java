package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.CardUse;
import dev.penstock.platform.cluster.Marks;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what HAMi's scheduler notes on a pod before it binds it: {@code id,type,memory,cores:} of each GPU, and {@code ;} behind each container. */
final class AllocatedCards {

    private static final String ALLOCATED = "hami.io/vgpu-devices-allocated";
    /** A part that HAMi itself cut from a GPU has its place in brackets behind the id. */
    private static final Pattern CARD = Pattern.compile("([^,\\[]+)(?:\\[[^,]*])?,[^,]*,(\\d{1,9}),(\\d{1,9})");

    private AllocatedCards() {}

    /** Of all pods there that have not ended. */
    static List<CardUse> on(KubernetesClient client, String node) {
        return client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems().stream()
                .filter(pod -> !SeenPods.seen(pod).ended())
                .flatMap(pod -> of(pod).stream())
                .toList();
    }

    private static List<CardUse> of(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        String note = Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of()).get(ALLOCATED);
        return note == null ? List.of() : read(note, Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of()).get(Marks.INSTALLATION));
    }

    static List<CardUse> read(String note, @Nullable String installation) {
        return Stream.of(note.split("[;:]")).map(String::strip).filter(card -> !card.isEmpty()).map(card -> card(card, installation)).toList();
    }

    private static CardUse card(String text, @Nullable String installation) {
        Matcher card = CARD.matcher(text);
        return card.matches()
                ? new CardUse(installation, card.group(1), Integer.parseInt(card.group(2)), Integer.parseInt(card.group(3)))
                : new CardUse(installation, "", 0, 0);
    }
}
