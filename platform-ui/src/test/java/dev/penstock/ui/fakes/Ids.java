package dev.penstock.ui.fakes;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.MemberId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.util.UUID;

/** Ids that can be recognised in a failure. */
public final class Ids {

    public static final TenantId RESEARCH = new TenantId(uuid(0x1));
    public static final TenantId RISK = new TenantId(uuid(0x2));
    public static final TenantId PLATFORM = new TenantId(uuid(0x3));
    public static final ProjectId MODELS = new ProjectId(uuid(0x31));
    public static final ProjectId VISION = new ProjectId(uuid(0x11));
    public static final ProjectId LANGUAGE = new ProjectId(uuid(0x12));
    public static final ProjectId SCORING = new ProjectId(uuid(0x21));

    public static final UUID JOURNAL = uuid(0x700);

    private Ids() {}

    public static UUID uuid(long number) {
        return new UUID(0x5e40_0000_0000_4000L, 0x8000_0000_0000_0000L | number);
    }

    public static SliceId slice(int number) {
        return new SliceId(uuid(0x100 + number));
    }

    public static RequestId request(int number) {
        return new RequestId(uuid(0x200 + number));
    }

    public static LimitId limit(int number) {
        return new LimitId(uuid(0x300 + number));
    }

    public static EndpointId endpoint(int number) {
        return new EndpointId(uuid(0x500 + number));
    }

    public static KeyId key(int number) {
        return new KeyId(uuid(0x600 + number));
    }

    public static MemberId member(int number) {
        return new MemberId(uuid(0x400 + number));
    }
}
