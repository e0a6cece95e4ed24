package dev.penstock.platform.provisioning;

/** Told before each step of the reconciler of nodes: tests stop the program here. */
@FunctionalInterface
interface NodeSteps {

    void at(NodeStep step, String node);
}
