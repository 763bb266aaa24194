using MarketMaker.Protocols.PriceService;

namespace MarketMaker.Tests.Specs.Protocols.PriceService;

/// <summary>Bodies that must be refused when AAPL was asked for, each with its reason. Written by hand; no two are the same.</summary>
public static class BadPriceBodies
{
    public const string Good = """{"price":100.00,"time":1646358424,"ticker":"AAPL"}""";

    private const string Max = "200000.0000";

    private static readonly (PriceBodyError Error, string[] Tokens)[] Prices =
    [
        (PriceBodyError.PriceNotANumber,
        [
            "NaN", "nan", "Infinity", "-Infinity", "inf", "null", "true", "false", "\"100.00\"", "\"100,00\"", "\"\"", "[100.00]",
            "[]", "{}", "{\"value\":100}", "+100.00", ".5", "-.5", "5.", "-", "--5", "-a", "01", "00", "00.5", "-01", "0100.00",
            "$100", "USD", "\u0663", "\uFF11", "'100'", "(100)", "undefined", "", " ", "- 1", "100.e5", "100.a", "1e", "1e+", "1e-",
            "1E", "e5", "x64", "\\u0031", "/*1*/1", "#", "\u00A0100",
            "100.00.00", "1_000", "0x64", "100f", "100.00m", "100%", "1'000", "100.0000x", "100;", "100:", "100]", "100\u0000", "1\u00A0",
            "100\"", "1e5x", "1e5.0",
        ]),
        (PriceBodyError.PriceExponent,
        [
            "1e308", "1E308", "1e2", "1E2", "1e+2", "1e-2", "1.5e3", "0e0", "-1e308", "1e999999999999", "100e0", "0.01E4", "1e00",
            "-0e5",
        ]),
        (PriceBodyError.PriceNotPositive,
        [
            "0", "0.0", "0.0000", "0.00000000", "-0", "-0.0", "-1", "-0.0001", "-100.00", "-200001", "-99999999999999999999",
        ]),
        (PriceBodyError.PriceTooPrecise,
        [
            "100.00001", "0.00001", "100.12345", "99.9999999", "0.00009999", "199999.99999", "1.00000000000000000000000000000001",
        ]),
        (PriceBodyError.PriceTooHigh,
        [
            "200000.0001", "200001", "200000.1", "1000000", "2147483647", "2147483648", "4294967296", "9223372036854775807",
            "9223372036854775808", "18446744073709551616", "18446744073709551716.00", "340282366920938463463374607431768211456",
            "179769313486231570000000000000000000000000000000000000", "200000.9999",
        ]),
        (PriceBodyError.Malformed,
        [
            "100,00", "1,000.00", "100 00", "100.00 USD", "100 1", "100 ;", "100 /**/", "100,", "100,null", "100 :",
        ]),
        (PriceBodyError.MissingKey, ["100}", "100.00 }"]),
    ];

    private static readonly (PriceBodyError Error, string[] Tokens)[] Times =
    [
        (PriceBodyError.TimeNotAnInteger,
        [
            "\"1646358424\"", "null", "true", "NaN", "1646358424.0", "1646358424.5", "1.646358424e9", "1646358424e0", "01646358424",
            "+1646358424", "\"2022-03-04T01:47:04Z\"", "[1646358424]", "{}", "", "-", "1646358424.",
        ]),
        (PriceBodyError.TimeOutOfRange,
        [
            "0", "-1", "-1646358424", "1", "946684799", "4102444801", "1646358424000", "1646358424000000", "1646358424000000000",
            "9223372036854775807", "9223372036854775808", "18446744073709551616", "18446744075355909040", "99999999999999999999999999",
            "-0", "1,646,358,424",
        ]),
        (PriceBodyError.TimeNotAnInteger, ["1646358424s", "0x622172D8", "1_646_358_424", "2022-03-04", "01:47:04"]),
        (PriceBodyError.Malformed, ["1646358424 5", "1646358424,646", "1646358424 s"]),
        (PriceBodyError.MissingKey, ["1646358424}"]),
    ];

    private static readonly string[] Tickers =
    [
        "\"AAPLX\"", "\"AAP\"", "\"aapl\"", "\"Aapl\"", "\"AMZN\"", "\"\"", "\" AAPL\"", "\"AAPL \"", "\"AAPL    \"", "\"AA PL\"",
        "\"\\u0041APL\"", "\"AAPL\\n\"", "\"AAPL\\u0000\"", "\"AAPL\u0000\"", "\"\u0410APL\"", "\"AAPL.A\"", "\"AAPLAAPLAAPL\"", "AAPL",
        "'AAPL'", "null", "1", "[\"AAPL\"]", "{\"AAPL\":1}", "", "\"/AAPL\"", "\"AAPL", "AAPL\"", "\"A\tAPL\"",
    ];

    private static readonly (PriceBodyError Error, string Body)[] Whole =
    [
        (PriceBodyError.Malformed, ""),
        (PriceBodyError.Malformed, " "),
        (PriceBodyError.Malformed, "{}"),
        (PriceBodyError.Malformed, "[]"),
        (PriceBodyError.Malformed, "null"),
        (PriceBodyError.Malformed, "100.00"),
        (PriceBodyError.Malformed, "\"AAPL\""),
        (PriceBodyError.Malformed, "<html>502 Bad Gateway</html>"),
        (PriceBodyError.Malformed, "Internal Server Error"),
        (PriceBodyError.Malformed, $"[{Good}]"),
        (PriceBodyError.Malformed, Good + Good),
        (PriceBodyError.Malformed, Good + "\n" + Good),
        (PriceBodyError.Malformed, Good + ","),
        (PriceBodyError.Malformed, Good + "}"),
        (PriceBodyError.Malformed, Good + "\0"),
        (PriceBodyError.Malformed, Good + "//"),
        (PriceBodyError.Malformed, "\uFEFF" + Good),
        (PriceBodyError.Malformed, "\u00A0" + Good),
        (PriceBodyError.Malformed, "\f" + Good),
        (PriceBodyError.Malformed, "{" + Good + "}"),
        (PriceBodyError.Malformed, """{"price":100.00,"time":1646358424,"ticker":"AAPL",}"""),
        (PriceBodyError.Malformed, """{,"price":100.00,"time":1646358424,"ticker":"AAPL"}"""),
        (PriceBodyError.Malformed, """{"price":100.00,,"time":1646358424,"ticker":"AAPL"}"""),
        (PriceBodyError.PriceNotANumber, """{"price":100.00;"time":1646358424;"ticker":"AAPL"}"""),
        (PriceBodyError.Malformed, """{"price":100.00 "time":1646358424 "ticker":"AAPL"}"""),
        (PriceBodyError.Malformed, """{"price"=100.00,"time"=1646358424,"ticker"="AAPL"}"""),
        (PriceBodyError.Malformed, """{price:100.00,time:1646358424,ticker:"AAPL"}"""),
        (PriceBodyError.Malformed, """{'price':100.00,'time':1646358424,'ticker':'AAPL'}"""),
        (PriceBodyError.Malformed, """{"price" 100.00,"time":1646358424,"ticker":"AAPL"}"""),
        (PriceBodyError.Malformed, """{"\u0070rice":100.00,"time":1646358424,"ticker":"AAPL"}"""),
        (PriceBodyError.Malformed, """{"price":100.00,"time":1646358424,"ticker":"AAPL"]"""),
        (PriceBodyError.Malformed, """{"price":100.00,"time":1646358424,"ticker":"AAPL"/*,*/}"""),
        (PriceBodyError.Malformed, """("price":100.00,"time":1646358424,"ticker":"AAPL")"""),
        (PriceBodyError.Malformed, "HTTP/1.1 200 OK\r\n\r\n" + Good),
        (PriceBodyError.DuplicateKey, """{"price":100.00,"price":100.00,"time":1646358424,"ticker":"AAPL"}"""),
        (PriceBodyError.DuplicateKey, """{"price":100.00,"time":1646358424,"ticker":"AAPL","price":1.00}"""),
        (PriceBodyError.DuplicateKey, """{"price":100.00,"time":1646358424,"time":1646358425,"ticker":"AAPL"}"""),
        (PriceBodyError.DuplicateKey, """{"ticker":"AAPL","price":100.00,"time":1646358424,"ticker":"AAPL"}"""),
        (PriceBodyError.UnknownKey, """{"price":100.00,"time":1646358424,"ticker":"AAPL","currency":"USD"}"""),
        (PriceBodyError.UnknownKey, """{"Price":100.00,"time":1646358424,"ticker":"AAPL"}"""),
        (PriceBodyError.UnknownKey, """{"price":100.00,"TIME":1646358424,"ticker":"AAPL"}"""),
        (PriceBodyError.UnknownKey, """{"price":100.00,"time":1646358424,"symbol":"AAPL"}"""),
        (PriceBodyError.UnknownKey, """{"price ":100.00,"time":1646358424,"ticker":"AAPL"}"""),
        (PriceBodyError.UnknownKey, """{"":100.00,"time":1646358424,"ticker":"AAPL"}"""),
        (PriceBodyError.UnknownKey, """{"error":"unknown ticker"}"""),
        (PriceBodyError.MissingKey, """{"time":1646358424,"ticker":"AAPL"}"""),
        (PriceBodyError.MissingKey, """{"price":100.00,"ticker":"AAPL"}"""),
        (PriceBodyError.MissingKey, """{"price":100.00,"time":1646358424}"""),
        (PriceBodyError.MissingKey, """{"price":100.00}"""),
        (PriceBodyError.MissingKey, """{"ticker":"AAPL"}"""),
    ];

    public static IEnumerable<(PriceBodyError Error, string Body)> All()
    {
        foreach ((PriceBodyError error, string[] tokens) in Prices)
        {
            foreach (string token in tokens) yield return (error, Good.Replace("100.00", token));
        }

        foreach ((PriceBodyError error, string[] tokens) in Times)
        {
            foreach (string token in tokens) yield return (error, Good.Replace("1646358424", token));
        }

        foreach (string token in Tickers) yield return (PriceBodyError.WrongTicker, Good.Replace("\"AAPL\"", token));
        foreach ((PriceBodyError error, string body) in Whole) yield return (error, body);
        yield return (PriceBodyError.PriceTooHigh, Good.Replace("100.00", Max.Replace("200000", "200001")));
    }
}
