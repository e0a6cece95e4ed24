package dev.penstock.platform.running;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** What the program answered. */
public record Answer(int status, JsonNode body, HttpHeaders headers) {

    /** A member of the body as text; empty where there is none. */
    public String text(String member) {
        return body.path(member).asString("");
    }

    /** The code of a problem; empty for anything else. */
    public String code() {
        return text("code");
    }
}
