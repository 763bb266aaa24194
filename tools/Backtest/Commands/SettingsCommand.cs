using System.CommandLine;
using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;
using MarketMaker.Host.Configuration;

namespace MarketMaker.Backtest.Commands;

/// <summary>The verb <c>settings</c>: all that <c>--set</c> and <c>--vary</c> take.</summary>
internal static class SettingsCommand
{
    public static Command Create()
    {
        Command command = new("settings", "Lists what --set and --vary take.");
        command.SetAction(_ =>
        {
            Console.WriteLine("The world:");
            Console.WriteLine(WorldKeys.Help);
            Console.WriteLine("The engine, as in its INI file:");
            foreach (IniKey key in IniSchema.Keys.Where(key => key.Section == "decision"))
                Console.WriteLine($"  decision.{key.Name,-28} {key.Reason} [{key.Default}]");
            Console.WriteLine($"policy: {PolicyList.Names}");
            return ExitStatus.Success;
        });
        return command;
    }
}
