@NullMarked
package dev.penstock.quota.gateway.balance;

import org.jspecify.annotations.NullMarked;
