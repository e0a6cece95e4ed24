package dev.penstock.quota;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/** An HTTP answer, as tests look at it. */
public record Answer(int status, JsonNode body, String text) {

    public Answer is(int expected) {
        assertThat(status).as(text).isEqualTo(expected);
        return this;
    }

    /** A problem of this code. */
    public Answer isProblem(int expected, String code) {
        is(expected);
        assertThat(body.path("code").asString()).as(text).isEqualTo(code);
        assertThat(body.path("reference").asString()).as(text).isNotBlank();
        return this;
    }

    public String detail() {
        return body.path("detail").asString();
    }
}
