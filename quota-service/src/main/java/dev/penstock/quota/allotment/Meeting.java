package dev.penstock.quota.allotment;

import java.util.List;

/**
 * What a replica hears when it says that it is there.
 *
 * @param latest whether it is the latest life of its name; if not, it admits nothing any more
 * @param replicas that are there, itself included
 */
record Meeting(boolean latest, int replicas, List<Recall> recalls) {}
