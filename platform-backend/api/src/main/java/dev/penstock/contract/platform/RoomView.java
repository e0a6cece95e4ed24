package dev.penstock.contract.platform;

import java.util.List;

/**
 * What there is room for on GPUs of one device. Numbers of one profile each: whatever is taken lowers those of others.
 *
 * @param device for people to read
 * @param product as GPU feature discovery labels it
 * @param gpus in service
 * @param profiles largest first
 */
public record RoomView(String device, String product, int gpus, List<OfProfile> profiles) {

    /**
     * @param profile its id
     * @param name as the maker names it
     * @param free partitions that nobody holds
     * @param ifCutForIt the same if every GPU that can be cut without stopping anybody were cut for this profile
     */
    public record OfProfile(String profile, String name, int free, int ifCutForIt) {}
}
