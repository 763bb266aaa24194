using System.Text;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>What a loop on another thread has logged so far.</summary>
internal sealed class SharedLog : TextWriter
{
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_text) _text.Append(value);
    }

    public override string ToString()
    {
        lock (_text) return _text.ToString();
    }
}
