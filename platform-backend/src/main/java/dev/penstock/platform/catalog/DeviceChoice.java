package dev.penstock.platform.catalog;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which devices a slice of kind {@code DRA} claims: whole GPUs of one product, or MIG partitions of one profile of one product. There is no other choice, so that
 * whatever is claimed is one tenant's alone, and so that two choices never mean the same device.
 *
 * @param deviceClass the {@code DeviceClass} that a claim names
 * @param driver that lists the devices; also the domain of their attributes
 * @param product the attribute {@code productName}
 * @param profile the attribute {@code profile} of a MIG partition; null: a whole GPU
 */
public record DeviceChoice(String deviceClass, String driver, String product, @Nullable String profile) {

    private static final char OPENS = '[';

    /** The devices of one class for which an expression holds, as one name. */
    public static String resource(String deviceClass, String expression) {
        return deviceClass + OPENS + expression + "]";
    }

    /** Whether it is the name of devices, not of something that a plugin counts. */
    public static boolean isDevices(String resource) {
        return resource.indexOf(OPENS) > 0;
    }

    /** The class of devices; the name itself of what a plugin counts. */
    public static String classOf(String resource) {
        return isDevices(resource) ? resource.substring(0, resource.indexOf(OPENS)) : resource;
    }

    /** Under which name a namespace's quota counts what is claimed of the class. */
    public static String quotaOf(String resource) {
        return classOf(resource) + ".deviceclass.resource.k8s.io/devices";
    }

    public String resource() {
        return resource(deviceClass, expression());
    }

    /** In the common expression language, as a claim says it. What is on the left keeps what is on the right from being asked of a device that has no such attribute. */
    public String expression() {
        String attribute = " && device.attributes['" + driver + "'].";
        String one = "device.driver == '" + driver + "'" + attribute + "type == '" + type() + "'" + attribute + "productName == '" + product + "'";
        return profile == null ? one : one + attribute + "profile == '" + profile + "'";
    }

    /** The same of a device that a driver lists. */
    public boolean matches(String listedBy, Map<String, String> attributes) {
        return driver.equals(listedBy) && type().equals(attributes.get("type")) && product.equals(attributes.get("productName"))
                && (profile == null || profile.equals(attributes.get("profile")));
    }

    private String type() {
        return profile == null ? "gpu" : "mig";
    }
}
