package dev.penstock.contract.platform;

/**
 * One thing policy looked at.
 *
 * @param rule its short name, for example {@code gpu-time}
 * @param sentence with the numbers, for example “8.0 GPU-hours, approved at once up to 4.0”
 */
public record PolicyCheck(String rule, Result result, String sentence) {

    public enum Result {
        PASSES,
        /** Somebody has to agree. */
        NEEDS_APPROVAL,
        /** Cannot be granted as asked. */
        REFUSED
    }
}
