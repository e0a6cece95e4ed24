package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.EventSeen;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.ObjectSeen;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what is neither a pod nor a node. */
final class SeenObjects {

    private SeenObjects() {}

    static ObjectSeen seen(HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        return new ObjectSeen(
                object.getApiVersion(),
                object.getKind(),
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                Marks.read(metadata.getLabels(), metadata.getAnnotations()),
                metadata.getDeletionTimestamp() != null);
    }

    static EventSeen seen(Event event) {
        return new EventSeen(
                at(event),
                "Warning".equals(event.getType()),
                event.getInvolvedObject().getKind() + " " + event.getInvolvedObject().getName(),
                Objects.requireNonNullElse(event.getReason(), ""),
                Objects.requireNonNullElse(event.getMessage(), ""),
                Objects.requireNonNullElse(event.getCount(), 1));
    }

    static boolean about(Event event, String text) {
        return event.getInvolvedObject() != null && String.valueOf(event.getInvolvedObject().getName()).contains(text);
    }

    /** Old and new ways of reporting fill different fields. */
    private static Instant at(Event event) {
        @Nullable String micro = event.getEventTime() == null ? null : event.getEventTime().getTime();
        return Stream.of(event.getLastTimestamp(), micro, event.getFirstTimestamp(), event.getMetadata().getCreationTimestamp())
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .findFirst()
                .orElse(Instant.EPOCH);
    }
}
