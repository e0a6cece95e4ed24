package dev.penstock.platform.request;

import dev.penstock.contract.platform.PolicyCheck;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What policy looked at, kept as it was said then. */
@Converter
class ChecksJson implements AttributeConverter<List<PolicyCheck>, String> {

    private static final TypeReference<List<PolicyCheck>> CHECKS = new TypeReference<>() {};

    @Override
    public String convertToDatabaseColumn(List<PolicyCheck> checks) {
        return JsonMapper.shared().writeValueAsString(checks);
    }

    @Override
    public List<PolicyCheck> convertToEntityAttribute(String json) {
        return List.copyOf(JsonMapper.shared().readValue(json, CHECKS));
    }
}
