package dev.penstock.contract.quota;

import java.util.List;

/**
 * @param address where applications call, up to and including {@code /v1}
 * @param models by name
 * @param aliases by name
 */
public record GatewayView(String address, List<CallableModel> models, List<CallableAlias> aliases) {}
