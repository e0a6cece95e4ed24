package dev.penstock.standalone.system;

import java.util.Optional;

/** How replicas admit calls: as they do unless told otherwise, or as {@code -Dpenstock.test.admission=direct} or {@code allotments} asks for. */
final class AdmissionMode {

    private AdmissionMode() {}

    static Optional<String> asked() {
        return Optional.ofNullable(System.getProperty("penstock.test.admission"));
    }

    static boolean allotments() {
        return asked().filter("allotments"::equals).isPresent();
    }

    static String word() {
        return asked().orElse("as it is by default");
    }
}
