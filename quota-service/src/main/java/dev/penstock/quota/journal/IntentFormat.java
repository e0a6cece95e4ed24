package dev.penstock.quota.journal;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.allotment.Share;
import dev.penstock.quota.calendar.Period;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An intent in bytes. Codes are never given to something else. Pure. */
final class IntentFormat {

    private static final int PART_BYTES = 1 + Fields.UUID_BYTES + 2 * Fields.TIME_BYTES + 8 + Fields.AMOUNT_BYTES;
    /** Without the product's name and the parts. */
    private static final int FIXED_BYTES = Fields.ATTEMPT_BYTES + Fields.TIME_BYTES + Fields.UUID_BYTES + 1 + Fields.UUID_BYTES + Fields.UUID_BYTES
            + 4 + 4 + 2 + 4 + 4 + 3 * 8 + Fields.AMOUNT_BYTES + 4 + 2;
    static final int MOST_BYTES = FIXED_BYTES + Intent.MOST_SKU_BYTES + Intent.MOST_PARTS * PART_BYTES;

    private static final byte KEY = 1;
    private static final byte PERSON = 2;

    private IntentFormat() {}

    static ByteBuffer bytes(Intent intent) {
        byte[] sku = intent.sku().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + sku.length + intent.parts().size() * PART_BYTES);
        Fields.put(out, intent.attempt());
        Fields.put(out, intent.ts());
        Fields.put(out, intent.project().value());
        putCaller(out, intent.key(), intent.person());
        Fields.put(out, intent.endpoint().value());
        out.putInt(intent.upstream()).putInt(intent.model()).putShort((short) sku.length).put(sku).putInt(intent.path()).putInt(intent.priceVersion());
        out.putLong(intent.context()).putLong(intent.input()).putLong(intent.output());
        Fields.put(out, intent.cost());
        out.putInt(intent.answers()).putShort((short) intent.parts().size());
        intent.parts().forEach(part -> put(out, part));
        return out.flip();
    }

    private static void putCaller(ByteBuffer out, @Nullable KeyId key, @Nullable Integer person) {
        if (key != null) {
            Fields.put(out.put(KEY), key.value());
        } else if (person != null) {
            out.put(PERSON).putInt(person);
        }
    }

    private static void put(ByteBuffer out, Intent.Part part) {
        Share share = part.share();
        out.put((byte) code(part.meter()));
        Fields.put(out, share.pot().limit().value());
        Fields.put(out, share.pot().period().start());
        Fields.put(out, share.pot().period().end());
        out.putLong(share.allotment());
        Fields.put(out, share.taken());
    }

    /** @throws IllegalArgumentException if these bytes are no intent that this version could have written */
    static Intent read(ByteBuffer in) {
        try {
            Intent intent = intent(in);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException(in.remaining() + " bytes behind an intent");
            }
            return intent;
        } catch (BufferUnderflowException | DateTimeException e) {
            throw new IllegalArgumentException("no whole intent", e);
        }
    }

    private static Intent intent(ByteBuffer in) {
        Attempt attempt = Fields.attempt(in);
        Instant ts = Fields.instant(in);
        ProjectId project = new ProjectId(Fields.uuid(in));
        boolean byKey = isKey(in.get());
        KeyId key = byKey ? new KeyId(Fields.uuid(in)) : null;
        Integer person = byKey ? null : (Integer) in.getInt();
        EndpointId endpoint = new EndpointId(Fields.uuid(in));
        int upstream = in.getInt();
        int model = in.getInt();
        return new Intent(
                attempt, ts, project, key, person, endpoint, upstream, model, text(in), in.getInt(), in.getInt(), in.getLong(), in.getLong(), in.getLong(),
                Fields.amount(in), in.getInt(), parts(in));
    }

    private static boolean isKey(byte caller) {
        return switch (caller) {
            case KEY -> true;
            case PERSON -> false;
            default -> throw new IllegalArgumentException("a caller of kind " + caller);
        };
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static List<Intent.Part> parts(ByteBuffer in) {
        int many = Short.toUnsignedInt(in.getShort());
        List<Intent.Part> parts = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Meter meter = Fields.byCode(Meter.values(), IntentFormat::code, in.get());
            PotId pot = new PotId(new LimitId(Fields.uuid(in)), new Period(Fields.instant(in), Fields.instant(in)));
            parts.add(new Intent.Part(meter, new Share(pot, in.getLong(), Fields.amount(in))));
        }
        return parts;
    }

    private static int code(Meter meter) {
        return switch (meter) {
            case SLICES -> 1;
            case GPU_TIME -> 2;
            case REQUESTS -> 3;
            case TOKENS_INPUT -> 4;
            case TOKENS_OUTPUT -> 5;
            case TOKENS -> 6;
            case MONEY -> 7;
            case CONCURRENCY -> 8;
        };
    }
}
