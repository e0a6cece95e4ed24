package dev.penstock.platform.request;

import dev.penstock.platform.slice.Serving;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What is to be served, kept as it was asked for. */
@Converter
class ServingJson implements AttributeConverter<@Nullable Serving, @Nullable String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable Serving serving) {
        return serving == null ? null : JsonMapper.shared().writeValueAsString(serving);
    }

    @Override
    public @Nullable Serving convertToEntityAttribute(@Nullable String json) {
        return json == null ? null : JsonMapper.shared().readValue(json, Serving.class);
    }
}
