package dev.penstock.simulators.model;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a simulated model says: it names what it was asked, says something harmless, and says that it is simulated. */
final class Wording {

    private static final int QUOTED = 120;
    private static final List<String> SENTENCES = List.of(
            "The short answer is that it depends on what you want to achieve, and on what you already know. ",
            "There are three things to look at: what goes in, what comes out, and what it costs on the way. ",
            "In practice one starts small, measures, and changes one thing at a time. ",
            "Put simply, the parts you can see are the smaller half of the whole. ",
            "A good first step is to write down what would count as done. ",
            "Most of the time the simplest explanation is also the right one. ");

    private Wording() {
    }

    /** The answer's words; other variants of the same question say something else. */
    static String answer(String model, String question, String toolAnswer, int variant) {
        String begin = !toolAnswer.isEmpty() ? "The tool says: " + quoted(toolAnswer) + ". "
                : question.isBlank() ? "You asked nothing. " : "You asked: “" + quoted(question) + "”. ";
        return begin + sentence(question, variant) + "This is a simulated answer of " + model + "; no model has run.";
    }

    /** What is thought before the answer, the more the harder one is asked to; nothing where nobody asks. */
    static String thoughts(String effort, String question) {
        int sentences = switch (effort) {
            case "low" -> 1;
            case "medium" -> 2;
            case "high" -> 4;
            default -> 0;
        };
        return IntStream.range(0, sentences).mapToObj(number -> sentence(question, number)).collect(Collectors.joining());
    }

    /** How a text goes on. */
    static String continuation(String model, String question, int variant) {
        return " " + sentence(question, variant) + "(Simulated by " + model + "; no model has run.)";
    }

    /** The words, and as many sentences after them as make up that many tokens. */
    static String atLeast(String words, int tokens) {
        StringBuilder longer = new StringBuilder(words);
        int number = 0;
        // A token has at most four bytes, so that many letters are enough.
        while (longer.length() < tokens * 4L) {
            longer.append(' ').append(SENTENCES.get(number++ % SENTENCES.size()).strip());
        }
        return longer.toString();
    }

    private static String sentence(String question, int variant) {
        return SENTENCES.get(Math.floorMod(question.hashCode() + variant, SENTENCES.size()));
    }

    private static String quoted(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= QUOTED ? line
                : line.substring(0, line.offsetByCodePoints(0, QUOTED)) + "…";
    }
}
