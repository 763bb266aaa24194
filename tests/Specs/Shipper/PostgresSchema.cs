using System.Data.Common;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>Each test has a schema of its own in the one server.</summary>
internal static class PostgresSchema
{
    /// <summary>Makes an empty schema.</summary>
    /// <returns>Dialects that work in it.</returns>
    public static Func<LedgerDialect> New(PostgresServer server)
    {
        server.Require();
        string schema = $"t{Guid.NewGuid():N}";
        Execute(server, $"create schema {schema}");
        return () => Of(server, schema);
    }

    public static PostgresDialect Of(PostgresServer server, string schema, string user = "ledger", SessionName? session = null) =>
        new($"{server.ConnectionStringOf(user)};Search Path={schema}", passwordFile: null, session);

    public static void Execute(PostgresServer server, string sql)
    {
        using PostgresDialect dialect = new(server.ConnectionString, passwordFile: null);
        using DbConnection connection = dialect.Connect();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
