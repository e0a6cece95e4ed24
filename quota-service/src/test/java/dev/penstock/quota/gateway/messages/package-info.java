@NullMarked
package dev.penstock.quota.gateway.messages;

import org.jspecify.annotations.NullMarked;
