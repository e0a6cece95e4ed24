package dev.penstock.platform.fleet;

import dev.penstock.platform.fleet.CutNodes.Picture;
import dev.penstock.platform.geometry.Plan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** By which a proposal is known again. */
final class Fingerprint {

    private static final int BYTES = 16;

    private Fingerprint() {}

    /** The same for the same: every GPU of the nodes that are cut, before and after, who is stopped and who is served. */
    static String of(Plan plan, Picture picture) {
        Set<String> cut = plan.recuts().stream().map(recut -> recut.gpu().node()).collect(Collectors.toSet());
        Stream<String> before = picture.nodes().stream().filter(node -> cut.contains(node.node().name())).flatMap(node -> node.gpus().stream())
                .map(gpu -> "gpu " + gpu.node() + " " + gpu.index() + " " + new TreeMap<>(gpu.cut()));
        Stream<String> after = plan.recuts().stream().map(recut -> "cut " + recut.gpu().node() + " " + recut.gpu().index() + " " + recut.after().counts());
        Stream<String> stopped = plan.drained().stream().map(drained -> "stop " + drained.holder().id() + " " + drained.from().node() + " " + drained.to().node());
        Stream<String> served = plan.served().stream().map(each -> "serve " + each.wanted().id() + " " + each.on().node());
        String lines = Stream.of(before, after, stopped, served).flatMap(Function.identity()).sorted().collect(Collectors.joining("\n"));
        return HexFormat.of().formatHex(sha256(lines), 0, BYTES);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
