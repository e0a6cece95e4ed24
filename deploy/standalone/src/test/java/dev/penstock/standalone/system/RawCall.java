package dev.penstock.standalone.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call over a socket of its own, so that it can hang up after any byte, and what had arrived by then.
 *
 * @param call the id the gateway gave; empty if its header had not arrived
 * @param status 0 if it had not arrived
 * @param whole whether the answer arrived to its end
 * @param tokens of output that arrived, at least: a token is at most four bytes of text
 * @param error what a refusal says
 */
record RawCall(Optional<String> call, int status, boolean whole, long tokens, String error) {

    /** More than any answer has. */
    static final int NEVER = Integer.MAX_VALUE;

    private static final RawCall NOTHING = new RawCall(Optional.empty(), 0, false, 0, "");
    private static final int BYTES_OF_A_TOKEN = 4;
    private static final int PATIENCE_MILLIS = 300_000;

    /** @param hangUpAfter bytes of the answer; {@link #NEVER} to hear it to its end */
    static RawCall play(URI gateway, String key, String path, String body, int hangUpAfter) throws IOException {
        return play(gateway, key, path, body, hangUpAfter, () -> {});
    }

    /**
     * @param heard called each time that more of the answer has arrived
     * @throws java.net.ConnectException if nobody listens: then nothing was asked
     */
    static RawCall play(URI gateway, String key, String path, String body, int hangUpAfter, Runnable heard) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + gateway.getAuthority() + "\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + content.length + "\r\n\r\n";
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            return ask(socket, head.getBytes(StandardCharsets.US_ASCII), content) ? of(read(socket.getInputStream(), hangUpAfter, heard)) : NOTHING;
        }
    }

    /** False: whoever listened was gone before all of it was said. */
    private static boolean ask(Socket socket, byte[] head, byte[] content) throws IOException {
        try {
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(content);
            return true;
        } catch (SocketException gone) {
            return false;
        }
    }

    private static byte[] read(InputStream in, int most, Runnable heard) throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            while (seen.size() < most) {
                int got = in.read(buffer, 0, Math.min(buffer.length, most - seen.size()));
                if (got < 0) {
                    break;
                }
                seen.write(buffer, 0, got);
                heard.run();
            }
        } catch (SocketException reset) {
            // Whoever is killed says no farewell. What had arrived counts.
        }
        return seen.toByteArray();
    }

    private static RawCall of(byte[] seen) {
        String text = new String(seen, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return NOTHING;
        }
        String[] head = text.substring(0, end).split("\r\n");
        boolean chunked = header(head, "transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent();
        String rest = text.substring(end + 4);
        String body = chunked ? joined(rest) : rest;
        boolean whole = chunked ? rest.endsWith("0\r\n\r\n") : body.length() == header(head, "content-length").map(Integer::parseInt).orElse(-1);
        boolean events = header(head, "content-type").filter(type -> type.startsWith("text/event-stream")).isPresent();
        int status = Integer.parseInt(head[0].split(" ")[1]);
        return new RawCall(header(head, "x-request-id"), status, whole, events ? streamed(body) : whole ? told(body) : 0, status == 200 ? "" : body);
    }

    private static Optional<String> header(String[] head, String name) {
        for (String line : head) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(line.substring(colon + 1).strip());
            }
        }
        return Optional.empty();
    }

    /** What the chunks hold, as far as they arrived. */
    private static String joined(String chunks) {
        StringBuilder joined = new StringBuilder();
        int at = 0;
        while (true) {
            int line = chunks.indexOf("\r\n", at);
            if (line < 0) {
                return joined.toString();
            }
            int size = Integer.parseInt(chunks.substring(at, line).strip(), 16);
            joined.append(chunks, Math.min(line + 2, chunks.length()), Math.min(line + 2 + size, chunks.length()));
            at = line + 2 + size + 2;
            if (size == 0 || at > chunks.length()) {
                return joined.toString();
            }
        }
    }

    private static long streamed(String events) {
        long tokens = 0;
        for (String event : events.substring(0, Math.max(0, events.lastIndexOf("\n\n"))).split("\n\n")) {
            if (event.startsWith("data: {")) {
                JsonNode data = JsonMapper.shared().readTree(event.substring(6).getBytes(StandardCharsets.ISO_8859_1));
                tokens += tokens(data.path("choices").path(0).path("delta").path("content").asString(""));
            }
        }
        return tokens;
    }

    private static long told(String body) {
        try {
            return JsonMapper.shared().readTree(body.getBytes(StandardCharsets.ISO_8859_1)).path("usage").path("completion_tokens").asLong(0);
        } catch (JacksonException e) {
            throw new AssertionError("not JSON: " + body, e);
        }
    }

    private static long tokens(String text) {
        return Math.ceilDiv(text.getBytes(StandardCharsets.UTF_8).length, BYTES_OF_A_TOKEN);
    }
}
