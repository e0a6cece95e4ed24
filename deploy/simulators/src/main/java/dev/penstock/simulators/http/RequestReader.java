package dev.penstock.simulators.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads requests off a connection, within bounds. */
final class RequestReader {

    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_BODY = 32 * 1024 * 1024;

    private final InputStream in;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** The next request, or null when the caller has closed the connection. */
    @Nullable Request next() throws IOException {
        String line = line();
        while (line != null && line.isEmpty()) {
            line = line();
        }
        if (line == null) {
            return null;
        }
        String[] parts = line.split(" ");
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP/1 request line");
        }
        Map<String, String> headers = headers();
        return Request.of(parts[0], parts[1], headers, body(headers));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        String line = line();
        while (line != null && !line.isEmpty()) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() >= MAX_HEADERS) {
                throw new IOException("malformed or too many headers");
            }
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
            line = line();
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunkedBody();
        }
        try {
            return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        } catch (NumberFormatException malformed) {
            throw new IOException("malformed content-length", malformed);
        }
    }

    private byte[] chunkedBody() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size;
        do {
            String line = line();
            if (line == null || !line.matches("[0-9a-fA-F]{1,7}(;.*)?")) {
                throw new IOException("malformed chunk");
            }
            size = Integer.parseInt(line.split(";")[0], 16);
            body.write(exactly(size));
            if (body.size() > MAX_BODY) {
                throw new IOException("body too large");
            }
            line();
        } while (size > 0);
        return body.toByteArray();
    }

    private byte[] exactly(int size) throws IOException {
        if (size < 0 || size > MAX_BODY) {
            throw new IOException("body too large");
        }
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new IOException("the caller closed the connection within a body");
        }
        return bytes;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() >= MAX_LINE) {
                throw new IOException("line too long");
            }
            line.write(next);
            next = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
