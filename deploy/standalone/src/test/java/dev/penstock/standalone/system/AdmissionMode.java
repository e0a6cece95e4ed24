package dev.penstock.standalone.system;

import java.util.Optional;

/** How replicas admit calls: as they do unless told otherwise, or as {@code -Dpenstock.test.admission=direct} or {@code allotments} asks for. */
final class AdmissionMode {

    private AdmissionMode() {}

    static Optional<String> asked() {
        return Optional.ofNullable(System.getProperty("penstock.test.admission"));
    }

    /** As they do by default. */
    static boolean allotments() {
        return asked().filter("direct"::equals).isEmpty();
    }

    static String word() {
        return asked().orElse("as it is by default");
    }
}
