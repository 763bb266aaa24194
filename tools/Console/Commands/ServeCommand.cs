using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.OperatorConsole.Serving;

namespace MarketMaker.OperatorConsole.Commands;

/// <summary><c>mm-console serve</c>: the page and the metrics over HTTP.</summary>
internal static class ServeCommand
{
    public static Command Create(Func<ParseResult, Func<ConsoleSettings, int>, int> run)
    {
        Option<string> address = new("--address") { Description = "Where to listen, IP:PORT; port 0 takes any and says which.", DefaultValueFactory = _ => "127.0.0.1:9464" };
        Command command = new("serve", "Serves /metrics for Prometheus and a page with live charts at /. Shows only: nothing can be commanded over HTTP.") { address };
        command.SetAction(parsed => run(parsed, settings => Serve(settings, Parse(parsed.GetRequiredValue(address))).GetAwaiter().GetResult()));
        return command;
    }

    private static IPEndPoint Parse(string text) =>
        text.LastIndexOf(':') > 0 && IPEndPoint.TryParse(text, out IPEndPoint? address)
            ? address
            : throw new FormatException($"--address {text}: write an address of this host and a port, such as 127.0.0.1:9464");

    private static async Task<int> Serve(ConsoleSettings settings, IPEndPoint address)
    {
        TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => { context.Cancel = true; stop.TrySetResult(); });
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => { context.Cancel = true; stop.TrySetResult(); });
        using ICounterSource source = settings.Open();
        using Sampler sampler = new(settings, source);
        await using Endpoint endpoint = new(sampler, address);
        try
        {
            await endpoint.StartAsync();
        }
        catch (IOException failure)
        {
            throw new IOException($"cannot listen at {address}: {failure.InnerException?.Message ?? failure.Message}; name another with --address", failure);
        }

        System.Console.WriteLine($"mm-console: serving {endpoint.Url} and {endpoint.Url}/metrics");
        if (!IPAddress.IsLoopback(address.Address)) System.Console.Error.WriteLine($"mm-console: {address.Address} is no loopback address: whoever reaches it sees positions and money; there is neither login nor TLS");
        await stop.Task;
        return 0;
    }
}
