@NullMarked
package dev.penstock.quota.gateway.responses;

import org.jspecify.annotations.NullMarked;
