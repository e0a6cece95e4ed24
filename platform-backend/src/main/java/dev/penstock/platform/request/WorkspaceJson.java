package dev.penstock.platform.request;

import dev.penstock.platform.slice.Workspace;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What is to run on a slice, kept as it was asked for. */
@Converter
class WorkspaceJson implements AttributeConverter<@Nullable Workspace, @Nullable String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable Workspace workspace) {
        return workspace == null ? null : JsonMapper.shared().writeValueAsString(workspace);
    }

    @Override
    public @Nullable Workspace convertToEntityAttribute(@Nullable String json) {
        return json == null ? null : JsonMapper.shared().readValue(json, Workspace.class);
    }
}
