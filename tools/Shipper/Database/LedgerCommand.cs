using System.Data.Common;

namespace MarketMaker.Shipper.Database;

/// <summary>Makes a command with its parameters, for either dialect.</summary>
internal static class LedgerCommand
{
    public static DbCommand Make(DbConnection connection, DbTransaction? transaction, string text, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        foreach ((string name, object value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
