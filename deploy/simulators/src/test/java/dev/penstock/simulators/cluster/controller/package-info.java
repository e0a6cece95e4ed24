/** Tests of the simulated machines. */
package dev.penstock.simulators.cluster.controller;
