using System.CommandLine;
using MarketMaker.Backtest.Printing;
using MarketMaker.Backtest.Worlds;
using MarketMaker.Charts;

namespace MarketMaker.Backtest.Commands;

/// <summary>The verb <c>report</c>: one day of a policy against the fixed rule and the clairvoyant, as a page with plots.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        CommandLine line = new();
        Option<ulong> seed = new("--seed") { Description = "Seed of the day.", DefaultValueFactory = _ => 501 };
        Option<string> folder = new("--out") { Description = "Folder of the page and the plots; it is made if need be.", DefaultValueFactory = _ => "report" };
        Option<int> days = new("--latency-days") { Description = "Days behind each point of profit against latency; 0: leave it out.", DefaultValueFactory = _ => 5 };
        Option<string?> from = new("--from") { Description = "Draw this series file again instead of running." };
        Command command = new("report", "Runs a day and writes one HTML page, PNG and SVG plots, and the series file behind them.") { seed, line.Policy, line.Set, folder, days, from, line.Threads };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            string at = parsed.GetValue(folder)!;
            StrategyReport report;
            if (parsed.GetValue(from) is { } file)
            {
                try
                {
                    report = ReportFile.Load(file);
                }
                catch (InvalidDataException mistake)
                {
                    throw new FormatException(mistake.Message);
                }
            }
            else
            {
                using StopSignal stop = new();
                Job job = line.Job(parsed, parsed.GetValue(seed));
                if (parsed.GetValue(days) is < 0 or > 1_000) throw new FormatException("--latency-days: write 0 to 1000");
                report = ReportBuilder.Build(job, parsed.GetValue(days), Math.Max(1, parsed.GetValue(line.Threads)), stop.Token);
                Directory.CreateDirectory(at);
                ReportFile.Save(Path.Combine(at, "series.json"), report);
            }

            Console.WriteLine(ReportWriter.Write(report, at));
            return ExitStatus.Success;
        }));
        return command;
    }
}
