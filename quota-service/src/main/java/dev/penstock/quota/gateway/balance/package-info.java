/**
 * Which of several targets answers a call, and whether another may be asked when one fails: pure but for the clock it is given. Knows targets by
 * their endpoint, and nothing of calls, connections or money. Each replica of the gateway judges by what it saw itself.
 */
@NullMarked
package dev.penstock.quota.gateway.balance;

import org.jspecify.annotations.NullMarked;
