package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Window;

/** A limit of which parts are drawn before its windows begin. */
public record Rate(LimitId limit, Window window) {}
