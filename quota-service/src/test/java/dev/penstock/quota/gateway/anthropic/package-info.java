@NullMarked
package dev.penstock.quota.gateway.anthropic;

import org.jspecify.annotations.NullMarked;
