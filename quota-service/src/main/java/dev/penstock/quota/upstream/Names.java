package dev.penstock.quota.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up. Waits. */
@FunctionalInterface
interface Names {

    /** Not empty. */
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
