using System.Globalization;
using System.Reflection;

namespace MarketMaker.Shipper.Database;

/// <summary>One step of the ledger's tables from a version to the next: a file of deploy/database/migrations, part of the program.</summary>
internal sealed record LedgerMigration(int Version, string Name, string Sql)
{
    private static readonly Assembly Program = typeof(LedgerMigration).Assembly;

    /// <summary>All steps of a dialect, in order.</summary>
    /// <param name="dialect">The name of their folder.</param>
    public static IReadOnlyList<LedgerMigration> Of(string dialect) =>
        [.. Program.GetManifestResourceNames().Where(name => name.StartsWith($"{dialect}/", StringComparison.Ordinal)).Select(Read).OrderBy(step => step.Version)];

    public static string ReadResource(string name)
    {
        using StreamReader reader = new(Program.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    // The file's name is NNN_what.sql.
    private static LedgerMigration Read(string resource)
    {
        string name = Path.GetFileNameWithoutExtension(resource);
        return new LedgerMigration(int.Parse(name[..name.IndexOf('_')], CultureInfo.InvariantCulture), name, ReadResource(resource));
    }
}
