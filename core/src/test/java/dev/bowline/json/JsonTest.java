package dev.bowline.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    record Point(int x, Integer y, String name, List<String> tags, boolean on) {}

    @Test
    void keepsTextAsItCame() {
        var text = "{ \"a\" : 1.50, \"b\":[1,2 ] }";
        assertEquals(text, Json.parse(text).text());
    }

    @Test
    void refusesWhatIsNotExactlyOneValue() {
        for (var wrong : List.of("", "{", "{} {}", "[1,]", "nul", "{\"a\" 1}", "'x'")) {
            var e = assertThrows(IllegalArgumentException.class, () -> Json.parse(wrong), wrong);
            assertFalse(e.getMessage().isBlank());
        }
    }

    @Test
    void refusesNestingThatWouldOverflowTheStack() {
        assertThrows(IllegalArgumentException.class, () -> Json.parse("[".repeat(100_000)));
    }

    @Test
    void readsNumbersWithoutLoss() {
        assertEquals(9007199254740993L, Json.parse("9007199254740993").value());
        assertEquals(
                new BigInteger("123456789012345678901234567890"),
                Json.parse("123456789012345678901234567890").value());
        assertEquals(1.5, Json.parse("1.5").value());
        assertNull(Json.parse("null").value());
    }

    @Test
    void bindsRecordsLeniently() {
        var point =
                Json.parse(
                                "{\"x\":\"5\",\"name\":\"p\",\"tags\":[\"a\"],\"on\":\"true\",\"other\":1}")
                        .as(Point.class);
        assertEquals(new Point(5, null, "p", List.of("a"), true), point);
    }

    @Test
    void namesTheMemberThatDoesNotFit() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Json.parse("{\"x\":\"five\"}").as(Point.class));
        assertTrue(e.getMessage().contains("\"x\""), e.getMessage());
    }

    @Test
    void writesMapsListsAndRecords() {
        assertEquals(
                "{\"a\":[1,true,null,\"\\\"\"]}",
                Json.of(Map.of("a", java.util.Arrays.asList(1, true, null, "\""))).text());
        assertEquals(
                "{\"x\":1,\"name\":\"n\",\"tags\":[],\"on\":false}",
                Json.of(new Point(1, null, "n", List.of(), false)).text());
    }

    @Test
    void mendsHalfASurrogatePairOnTheWayOut() {
        var text = Json.of("a\ud83db\ude00 \ud83d\ude00").text();
        assertEquals("\"a\ufffdb\ufffd \ud83d\ude00\"", text);
        assertEquals(
                text, new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @Test
    void readsPieceByPiece() {
        try (var in = JsonIn.of("{\"a\":1,\"b\":{\"c\":[1,{\"d\":2}]},\"e\":\"x\"}")) {
            assertEquals("a", in.nextField());
            assertEquals(1, in.number());
            assertEquals("b", in.nextField());
            assertEquals("{\"c\":[1,{\"d\":2}]}", in.raw().text());
            assertEquals("e", in.nextField());
            assertEquals("x", in.string());
            assertNull(in.nextField());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1E99999999999, 1.7976931348623157E308",
        "-1E99999999999, -1.7976931348623157E308",
        "1E-99999999999, 0.0",
        "1.5, 1.5"
    })
    void aNumberBeyondAllUseIsTheNearestOne(String text, double value) {
        assertEquals(value, Json.parse(text).value());
        assertEquals(
                value,
                Json.parse("{\"a\":[" + text + "]}").asMap().values().stream()
                        .flatMap(list -> ((List<?>) list).stream())
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void aNumberThatNoDoubleHoldsKeepsItsDigits() {
        assertEquals(new BigDecimal("1E400"), Json.parse("1E400").value());
    }
}
