package dev.penstock.ui.base;

import dev.penstock.contract.quota.DataClass;

/** Classes of data are called the same on every screen. */
public final class DataClasses {

    private DataClasses() {}

    public static String word(DataClass dataClass) {
        return switch (dataClass) {
            case PUBLIC -> "Public";
            case INTERNAL -> "Internal";
            case CONFIDENTIAL -> "Confidential";
            case RESTRICTED -> "Restricted";
        };
    }

    /** What may be given to who may be given that, for example {@code Internal and below}. */
    public static String upTo(DataClass dataClass) {
        return dataClass == DataClass.PUBLIC ? word(dataClass) : word(dataClass) + " and below";
    }
}
