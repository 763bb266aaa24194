using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Npgsql;

namespace MarketMaker.Shipper.Database;

/// <summary>The socket under a connection of Npgsql, which the library does not show.</summary>
/// <remarks>Its own timeout sends a cancel request first, and that ends a commit's wait for its standby. A version of the library
/// that names these members otherwise fails at the first connection, in every test with a PostgreSQL.</remarks>
internal static class NpgsqlSocket
{
    private const string Connector = "Npgsql.Internal.NpgsqlConnector, Npgsql";

    public static Socket Of(NpgsqlConnection connection) => SocketOf(ConnectorOf(connection));

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Connector")]
    [return: UnsafeAccessorType(Connector)]
    private static extern object ConnectorOf(NpgsqlConnection connection);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_socket")]
    private static extern ref Socket SocketOf([UnsafeAccessorType(Connector)] object connector);
}
