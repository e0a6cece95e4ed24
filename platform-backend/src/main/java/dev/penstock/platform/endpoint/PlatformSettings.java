package dev.penstock.platform.endpoint;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param tenant name of the platform's own tenant: the only one with shared endpoints, which administrators alone may make */
@ConfigurationProperties(prefix = "penstock.platform", ignoreUnknownFields = false)
record PlatformSettings(@DefaultValue("platform") String tenant) {}
