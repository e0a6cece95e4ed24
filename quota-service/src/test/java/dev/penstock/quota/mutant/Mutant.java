package dev.penstock.quota.mutant;

import java.util.List;

/**
 * A mistake that somebody made before us, in gateways that people run, put into our own code: one place in one source file. Some tests must turn
 * red for each.
 */
enum Mutant {
    // What was used, and who pays it.
    CLIENT_LEFT_SO_NOTHING_IS_CHARGED(
            "a stream without its final usage was refunded whole (QuantumNous/new-api #5235)",
            "settlement/Charge.java", "Math.min(output, open.output()))", "0)",
            "settlement.ChargeTest"),
    FAILED_ATTEMPTS_ARE_CHARGED(
            "a stream of which nothing came was charged its prompt (QuantumNous/new-api #4168)",
            "settlement/Charge.java", "payer == Payer.CALLER ? used.within(open.input(), open.output()) : Tokens.NONE", "used.within(open.input(), open.output())",
            "settlement.ChargeTest"),
    MORE_THAN_RESERVED_IS_CHARGED(
            "what an engine claims beyond the reservation went through the limit (BerriAI/litellm #26672)",
            "settlement/Charge.java", "payer == Payer.CALLER ? used.within(open.input(), open.output()) : Tokens.NONE", "payer == Payer.CALLER ? used : Tokens.NONE",
            "settlement.ChargeTest"),
    NEGATIVE_COUNTS_ARE_BELIEVED(
            "a negative count gives budget back",
            "settlement/Charge.java", "read.output() < 0", "false",
            "settlement.ChargeTest"),
    ZERO_MEANS_NOT_TOLD(
            "an explicit zero is taken for missing usage, and estimated",
            "gateway/wire/Usage.java", "return told.prompt() == null ?", "return told.prompt() == null || told.prompt() == 0 ?",
            "gateway.wire.StreamFilterTest"),
    CACHED_TOKENS_COUNT_TWICE(
            "cached tokens are charged as input once more (BerriAI/litellm #40050)",
            "gateway/wire/Usage.java", ": prompt - cached;", ": prompt;",
            "gateway.wire.StreamFilterTest"),
    FIRST_USAGE_OF_A_STREAM_COUNTS(
            "the count of the first chunk stays, the later ones are dropped",
            "gateway/wire/StreamFilter.java", "usage = answer.usage() == null ? usage : answer.usage();", "usage = usage == null ? answer.usage() : usage;",
            "gateway.wire.StreamFilterTest"),
    USAGE_REACHES_WHO_DID_NOT_ASK(
            "clients that add up every usage they see are told it with each chunk",
            "gateway/wire/StreamFilter.java", "if (wanted || answer.usageAt().isEmpty())", "if (wanted || !onlyUsage)",
            "gateway.wire.StreamFilterTest"),
    STREAMS_ARE_NOT_ASKED_FOR_USAGE(
            "the usage of a stream is known only if its client asks for it (BerriAI/litellm #14457)",
            "gateway/wire/ForwardBody.java", "if (body.stream()) {", "if (body.stream() && body.options() != StreamOptions.NONE) {",
            "gateway.wire.ForwardBodyTest"),

    // The bound before the call.
    ANSWERS_ARE_RESERVED_ONCE(
            "n answers are reserved as one",
            "gateway/wire/TokenBounds.java", "Math.multiplyExact(perAnswer, body.choices())", "perAnswer",
            "gateway.wire.ForwardBodyTest", "gateway.wire.BodyReaderTest"),
    NO_LIMIT_MEANS_NONE_IS_WRITTEN(
            "a stream without max_tokens goes to the engine without one, and produces more than was reserved",
            "gateway/wire/ForwardBody.java", "        if (none) {", "        if (none && !body.stream()) {",
            "gateway.wire.ForwardBodyTest"),
    DEAREST_INPUT_IS_NOT_RESERVED(
            "the reservation is priced at the ordinary rate, and the cheaper or dearer one is charged (BerriAI/litellm #40002)",
            "rating/TokenPrices.java", "input.max(cacheRead).max(cacheWrite)", "input",
            "rating.TokenPricesTest"),

    // What leaves the house.
    WHAT_A_STREAM_OF_MESSAGES_SAYS_FIRST_COUNTS(
            "who leaves before the end pays for the one token that the first event tells",
            "gateway/wire/MessageRelay.java", "return countedAll ? counted.complete() : null;", "return counted.complete();",
            "gateway.wire.MessageRelayTest"),
    WHAT_IS_WRITTEN_TO_A_CACHE_IS_FREE(
            "tokens that are written to a cache are in no count",
            "gateway/wire/MessageUsage.java", "cacheWrite == null ? 0 : cacheWrite, output)", "0, output)",
            "gateway.wire.MessageRelayTest"),
    TWO_LIMITS_ARE_SENT(
            "the field that the server passes over is the one that was bounded",
            "gateway/wire/ForwardBody.java", "if (each != field && member != null)", "if (false)",
            "gateway.wire.ForwardBodyTest"),
    TOOLS_OF_THE_SERVER_ARE_TAKEN_FOR_OURS(
            "a tool that the server runs reads the whole web into a prompt that was bounded by its bytes",
            "gateway/wire/Blocks.java", "Tool.THEIRS : Tool.RUN_BY_THE_SERVER", "Tool.THEIRS : Tool.OF_THE_CLIENT",
            "gateway.wire.BodyReaderTest"),
    A_MODEL_IS_GIVEN_WHAT_ITS_UPSTREAM_MAY_BE(
            "the class of a single model is written down and never asked",
            "upstream/Upstream.java", "each.takes() == null || each.takes().covers(dataClass)", "true",
            "upstream.UpstreamTakesTest"),
    A_MODEL_OF_OURS_IS_GIVEN_EVERYTHING(
            "what a model of our own may be given is written down and never asked",
            "upstream/ModelClasses.java", "takes.covers(data.orElse(DataClass.RESTRICTED))", "true",
            "upstream.UpstreamTakesTest"),
    DATA_OF_NO_CLASS_ARE_PUBLIC(
            "a project that nobody looked at is given to models that others read along with",
            "upstream/ModelClasses.java", "data.orElse(DataClass.RESTRICTED)", "data.orElse(DataClass.PUBLIC)",
            "upstream.UpstreamTakesTest"),

    // Limits.
    WHAT_IS_UNDER_WAY_IS_NOT_COUNTED(
            "concurrent calls each see the budget as it was before any of them (BerriAI/litellm #34732, #36926)",
            "admission/CallStanding.java", "settled.add(leased).add(claim.asked()).compareTo(cap) <= 0", "settled.add(claim.asked()).compareTo(cap) <= 0",
            "admission.WeighingTest"),
    EXACTLY_THE_LIMIT_IS_TOO_MUCH(
            "the last reservation that fits is refused",
            "admission/CallStanding.java", "settled.add(leased).add(claim.asked()).compareTo(cap) <= 0", "settled.add(leased).add(claim.asked()).compareTo(cap) < 0",
            "admission.WeighingTest"),
    OTHER_MODELS_COUNT_TOO(
            "a budget for one model is used up by another",
            "admission/CallRule.java", "models == null || models.contains(model)", "true",
            "admission.WeighingTest"),
    RETRIES_COUNT_AS_REQUESTS(
            "a call that is tried again is counted as two requests",
            "admission/CallRule.java", "attempt == 0 ? BigInteger.ONE : BigInteger.ZERO", "BigInteger.ONE",
            "admission.WeighingTest"),
    SOFT_LIMITS_REFUSE(
            "a limit that should only warn refuses",
            "admission/CallRule.java", "return hard ? amount : null;", "return amount;",
            "admission.WeighingTest"),
    DAYS_ARE_UTC(
            "a tenant's day and month end by the server's clock",
            "calendar/TenantCalendar.java", "LocalDate.ofInstant(at, zone)", "LocalDate.ofInstant(at, java.time.ZoneOffset.UTC)",
            "calendar.TenantCalendarTest"),

    // What replicas hold.
    A_LEVEL_THAT_FAILS_KEEPS_WHAT_OTHERS_GAVE(
            "a call that one level refuses has used up the levels above it",
            "allotment/Pots.java", "            return new Taking.Short(List.copyOf(lacks));", """
                        claims.stream().filter(claim -> lacking(claim).signum() == 0).forEach(claim -> Objects.requireNonNull(pots.get(claim.pot())).take(claim));
                        return new Taking.Short(List.copyOf(lacks));""",
            "allotment.PotsTest"),
    RETURNED_PARTS_ARE_TAKEN_AGAIN(
            "each replica counts for itself, and together they leak past the cap (maximhq/bifrost #3547)",
            "allotment/Pot.java", "        free = BigInteger.ZERO;\n", "",
            "allotment.PotsTest"),
    SLOTS_LEAK(
            "a call that ends does not give its slot back, until nobody gets one (BerriAI/litellm #15740)",
            "allotment/Pots.java", "pot.giveBack(used.left())", "pot.giveBack(used.left().shiftRight(1))",
            "allotment.PotsTest"),

    // What survives.
    TORN_ENDS_ARE_BELIEVED(
            "a record that was being written when the power went counts",
            "journal/RecordFormat.java", "|| image.getInt(offset + 4) != sum(image, offset, length)", "",
            "journal.JournalBytesTest"),
    MONEY_IS_CUT_OFF(
            "amounts are cut off instead of rounded, always to one side",
            "billing/MinorUnit.java", "RoundingMode.HALF_EVEN", "RoundingMode.DOWN",
            "billing.MinorUnitTest");

    final String mistake;
    final String file;
    final String original;
    final String instead;
    final List<String> killers;

    /**
     * @param mistake what went wrong, and where it was reported
     * @param file below the program's package
     * @param original what stands there, once
     * @param instead the mistake
     * @param killers tests of which at least one must turn red, below the program's package
     */
    Mutant(String mistake, String file, String original, String instead, String... killers) {
        this.mistake = mistake;
        this.file = file;
        this.original = original;
        this.instead = instead;
        this.killers = List.of(killers);
    }
}
