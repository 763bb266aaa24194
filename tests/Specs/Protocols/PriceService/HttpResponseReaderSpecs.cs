using System.Text;
using CsCheck;
using MarketMaker.Protocols.PriceService;

namespace MarketMaker.Tests.Specs.Protocols.PriceService;

/// <summary>Responses are written out by hand after RFC 9112: sections 4 (status line), 5 (headers), 6.3 (length), 7.1 (chunked).</summary>
public sealed class HttpResponseReaderSpecs
{
    private const int BodyMax = 64 * 1024;
    private const string WithLength = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: Kestrel\r\n\r\nhello";
    private const string Chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;name=value\r\nlo\r\n0\r\nTrailer: x\r\n\r\n";

    [Theory]
    [InlineData(WithLength)]
    [InlineData(Chunked)]
    [InlineData("HTTP/1.1 200\r\ncontent-length:5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 \r\nCONTENT-LENGTH: \t 5 \r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n0005\r\nhello\r\n000\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    public void should_find_the_body_however_it_is_framed(string response)
    {
        HttpResponseReader reader = new(BodyMax);

        Assert.Equal(["200 hello"], ReadAll(reader, [Encoding.ASCII.GetBytes(response)]));
        Assert.False(reader.MustClose);
    }

    [Fact]
    public void should_read_responses_back_to_back_split_anywhere_and_merged()
    {
        string stream = WithLength + Chunked + "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" + "HTTP/1.1 204 No Content\r\n\r\n" + WithLength;
        byte[] bytes = Encoding.ASCII.GetBytes(stream);
        string[] expected = ["200 hello", "200 hello", "404 ", "204 ", "200 hello"];

        for (int cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(expected, ReadAll(new HttpResponseReader(BodyMax), [bytes[..cut], bytes[cut..]]));
        Assert.Equal(expected, ReadAll(new HttpResponseReader(BodyMax), bytes.Chunk(1)));
        Gen.Int[1, 40].Array[1, 80].Sample(
            sizes => Assert.Equal(expected, ReadAll(new HttpResponseReader(BodyMax), Pieces(bytes, sizes))), iter: 200, seed: "0000000000001");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: foo, Close\r\nContent-Length: 0\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: closed\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", true)]
    public void should_say_whether_the_connection_ends(string response, bool mustClose)
    {
        HttpResponseReader reader = new(BodyMax);
        ReadAll(reader, [Encoding.ASCII.GetBytes(response)]);

        Assert.Equal(mustClose, reader.MustClose);
    }

    [Theory]
    [InlineData(HttpError.BadStatusLine, "HTTP/2 200 OK\r\n")]
    [InlineData(HttpError.BadStatusLine, "HTTP/1.2 200 OK\r\n")]
    [InlineData(HttpError.BadStatusLine, "HTTP/1.1 20 OK\r\n")]
    [InlineData(HttpError.BadStatusLine, "HTTP/1.1 2000 OK\r\n")]
    [InlineData(HttpError.BadStatusLine, "HTTP/1.1 020 OK\r\n")]
    [InlineData(HttpError.BadStatusLine, "HTTP/1.1  200 OK\r\n")]
    [InlineData(HttpError.BadStatusLine, "HTTP/1.1 101 Switching Protocols\r\n")]
    [InlineData(HttpError.BadStatusLine, "SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData(HttpError.BadStatusLine, "\r\n")]
    [InlineData(HttpError.BadHeader, "HTTP/1.1 200 OK\n")]
    [InlineData(HttpError.BadHeader, "HTTP/1.1 200 OK\r\nContent-Length: 5\n")]
    [InlineData(HttpError.BadHeader, "HTTP/1.1 200 OK\r\nno colon\r\n")]
    [InlineData(HttpError.BadHeader, "HTTP/1.1 200 OK\r\n: empty\r\n")]
    [InlineData(HttpError.BadHeader, "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n")]
    [InlineData(HttpError.BadHeader, "HTTP/1.1 200 OK\r\nA: b\r\n folded: c\r\n")]
    [InlineData(HttpError.BadLength, "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n")]
    [InlineData(HttpError.BadLength, "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n")]
    [InlineData(HttpError.BadLength, "HTTP/1.1 200 OK\r\nContent-Length: 5,5\r\n")]
    [InlineData(HttpError.BadLength, "HTTP/1.1 200 OK\r\nContent-Length:\r\n")]
    [InlineData(HttpError.BadLength, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n")]
    [InlineData(HttpError.BadLength, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData(HttpError.NoLength, "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n")]
    [InlineData(HttpError.UnknownEncoding, "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n")]
    [InlineData(HttpError.UnknownEncoding, "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n")]
    [InlineData(HttpError.UnknownEncoding, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData(HttpError.BodyTooLong, "HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n")]
    [InlineData(HttpError.BodyTooLong, "HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n")]
    [InlineData(HttpError.BodyTooLong, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData(HttpError.BodyTooLong, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n")]
    [InlineData(HttpError.BodyTooLong, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nffffff\r\n")]
    [InlineData(HttpError.BadChunk, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n")]
    [InlineData(HttpError.BadChunk, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData(HttpError.BadChunk, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n")]
    [InlineData(HttpError.BadChunk, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n")]
    [InlineData(HttpError.BadChunk, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n")]
    [InlineData(HttpError.BadChunk, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\n")]
    public void should_refuse_what_leaves_a_doubt_about_the_framing(HttpError expected, string response)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(response);
        HttpResponseReader whole = new(BodyMax);
        HttpResponseReader bytewise = new(BodyMax);

        Assert.Equal(HttpReadResult.Refused, whole.Read(bytes, out _));
        Assert.Equal(expected, whole.Error);
        Assert.Equal(["refused"], ReadAll(bytewise, bytes.Chunk(1)));
        Assert.Equal(expected, bytewise.Error);
    }

    [Fact]
    public void should_stay_refused_until_reset()
    {
        HttpResponseReader reader = new(BodyMax);
        reader.Read("nonsense\r\n"u8, out _);

        Assert.Equal(HttpReadResult.Refused, reader.Read(Encoding.ASCII.GetBytes(WithLength), out _));
        reader.Reset();
        Assert.Equal(HttpReadResult.Response, reader.Read(Encoding.ASCII.GetBytes(WithLength), out _));
    }

    [Fact]
    public void should_refuse_headers_beyond_8_KiB_as_they_come_in()
    {
        HttpResponseReader endless = new(BodyMax);
        HttpReadResult result = endless.Read("HTTP/1.1 200 OK\r\n"u8, out _);
        int bytesTaken = 0;
        while (result == HttpReadResult.NeedMore && bytesTaken < 1_000_000)
        {
            result = endless.Read("A: bbbbbbbbbbbbbbbbbbbb\r\n"u8, out int consumed);
            bytesTaken += consumed;
        }

        Assert.Equal((HttpReadResult.Refused, HttpError.HeaderTooLong), (result, endless.Error));
        Assert.InRange(bytesTaken, 0, HttpResponseReader.HeaderBytesMax);
    }

    [Fact]
    public void should_refuse_interim_responses_without_end()
    {
        HttpResponseReader reader = new(BodyMax);
        HttpReadResult result = HttpReadResult.NeedMore;
        for (int i = 0; i < 1_000 && result == HttpReadResult.NeedMore; i++) result = reader.Read("HTTP/1.1 100 Continue\r\n\r\n"u8, out _);

        Assert.Equal((HttpReadResult.Refused, HttpError.HeaderTooLong), (result, reader.Error));
    }

    [Fact]
    public void should_take_a_body_of_exactly_the_limit()
    {
        HttpResponseReader reader = new(10);

        Assert.Equal(["200 0123456789"], ReadAll(reader, ["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789"u8.ToArray()]));
    }

    [Fact]
    public void should_never_throw_or_read_a_body_beyond_the_limit_from_damaged_bytes()
    {
        byte[] good = Encoding.ASCII.GetBytes(WithLength + Chunked);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[1, 20]).Array[1, 4].Sample(
            damage =>
            {
                byte[] bytes = [.. good];
                foreach ((int at, byte value, int _) in damage) bytes[at] = value;
                ReadAll(new HttpResponseReader(16), Pieces(bytes, [.. damage.Select(d => d.Item3)]));
            },
            iter: 5_000,
            seed: "0000000000002");
    }

    private static IEnumerable<byte[]> Pieces(byte[] bytes, int[] sizes)
    {
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            int size = Math.Min(sizes[i % sizes.Length], bytes.Length - at);
            yield return bytes[at..(at + size)];
            at += size;
        }
    }

    private static List<string> ReadAll(HttpResponseReader reader, IEnumerable<byte[]> pieces)
    {
        List<string> responses = [];
        foreach (byte[] piece in pieces)
        {
            ReadOnlySpan<byte> rest = piece;
            while (!rest.IsEmpty)
            {
                HttpReadResult result = reader.Read(rest, out int consumed);
                rest = rest[consumed..];
                if (result == HttpReadResult.Refused) return [.. responses, "refused"];
                if (result == HttpReadResult.Response) responses.Add($"{reader.StatusCode} {Encoding.ASCII.GetString(reader.Body)}");
                else Assert.True(rest.IsEmpty, "a reader that needs more has taken all there was");
            }
        }

        return responses;
    }
}
