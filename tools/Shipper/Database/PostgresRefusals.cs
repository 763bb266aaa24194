using System.Security.Authentication;
using Npgsql;

namespace MarketMaker.Shipper.Database;

/// <summary>What PostgreSQL refuses for good, each with its remedy: wrong settings, missing rights and tables, rows that do not fit.</summary>
/// <remarks>Everything else may pass: a server that starts, stops, is full, is a standby or is not there.</remarks>
internal static class PostgresRefusals
{
    private const string Tables = "Run 'mm-shipper migrate' with an account that may make tables, and look at the Search Path in [shipper] database";

    /// <summary>Looks through all that the hosts answered: a failover leaves a reason of each.</summary>
    /// <returns>Null when nothing of it is for good.</returns>
    public static Refusal? In(Exception failure) => All(failure).Select(Of).FirstOrDefault(found => found is not null);

    private static IEnumerable<Exception> All(Exception failure)
    {
        IEnumerable<Exception> causes = failure is AggregateException several ? several.InnerExceptions : failure.InnerException is { } inner ? [inner] : [];
        return causes.SelectMany(All).Append(failure);
    }

    private static Refusal? Of(Exception failure) => failure switch
    {
        PostgresException answer => RemedyFor(answer.SqlState) is { } remedy ? new Refusal($"{answer.SqlState} {answer.MessageText}", remedy) : null,
        AuthenticationException => new Refusal(failure.Message.TrimEnd('.'), "Look at SSL Mode and Root Certificate in [shipper] database, and at the server's certificate"),
        // The password's file is read at each connection, and may have become unreadable since the start.
        FormatException => new Refusal("its password cannot be read", failure.Message),
        // Only the library's words tell this one from a broken connection.
        NpgsqlException when failure.Message.StartsWith("No password has been provided", StringComparison.Ordinal) =>
            new Refusal("it wants a password", "Put the account's password into the file that [shipper] password-file names"),
        _ => null,
    };

    private static string? RemedyFor(string state) => state switch
    {
        PostgresErrorCodes.InvalidPassword => "Put the account's password into the file that [shipper] password-file names, or give the account that one: \\password ACCOUNT",
        PostgresErrorCodes.InvalidAuthorizationSpecification => "Make the account (deploy/database/roles.sql) and let it in from this host (pg_hba.conf)",
        PostgresErrorCodes.InvalidCatalogName => "Correct Database in [shipper] database, or make that database (deploy/database/README.md)",
        PostgresErrorCodes.InsufficientPrivilege => "Run 'mm-shipper migrate' with the account that owns the tables: it gives the others their rights (deploy/database/grants.sql)",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.UndefinedFunction
            or PostgresErrorCodes.InvalidSchemaName => Tables,
        // Data that do not fit, and constraints that they violate: somebody changed the tables.
        ['2', '2' or '3', ..] => "A row of the journal does not fit the ledger's tables. Compare them with deploy/database/migrations; nothing is shipped past that row",
        _ => null,
    };
}
