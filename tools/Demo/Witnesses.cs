using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using Microsoft.Data.Sqlite;

namespace MarketMaker.Demo;

/// <summary>Reads the three independent records of what was traded.</summary>
internal static class Witnesses
{
    private const int BatchRecords = 4096;

    /// <summary>The venue's own file: the rows of one participant.</summary>
    public static List<Trade> ReadVenue(string csvFile, string participant)
    {
        List<Trade> trades = [];
        foreach (string line in File.ReadLines(csvFile).Skip(1))
        {
            string[] cells = line.Split(',');
            if (cells[7] != participant) continue;
            trades.Add(new Trade(cells[0], ulong.Parse(cells[2], CultureInfo.InvariantCulture), cells[8], cells[3], cells[4],
                long.Parse(cells[5], CultureInfo.InvariantCulture), long.Parse(cells[6], CultureInfo.InvariantCulture)));
        }

        return trades;
    }

    /// <summary>The engine's journal, every checksum verified.</summary>
    /// <exception cref="InvalidDataException">A record is damaged.</exception>
    public static List<Trade> ReadJournal(string folder)
    {
        using JournalReader reader = JournalReader.Open(folder);
        JournalRecord[] batch = new JournalRecord[BatchRecords];
        List<Trade> trades = [];
        long lastId = 0;
        while (true)
        {
            JournalBatch read = reader.ReadAfter(lastId, batch);
            if (read.DamagedId != 0) throw new InvalidDataException($"the journal's record {read.DamagedId} is damaged");
            if (read.Count == 0) return trades;
            for (int i = 0; i < read.Count; i++)
            {
                ref JournalRecord record = ref batch[i];
                string kind = record.Kind == JournalRecordKind.Break ? "BREAK" : "EXECUTION";
                string side = record.Side == Side.Buy ? "BUY" : "SELL";
                trades.Add(new Trade(record.Session.ToString(), record.MatchNumber, kind, record.Symbol.ToString(), side, record.Price, record.QuantityShares));
            }

            lastId = batch[read.Count - 1].Id;
        }
    }

    /// <summary>The database the shipper wrote.</summary>
    public static List<Trade> ReadDatabase(string sqliteFile)
    {
        using SqliteConnection connection = new($"Data Source={sqliteFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT t.venue_session, t.match_number, t.kind, a.ticker, t.action, t.price, t.quantity
            FROM transactions t JOIN assets a ON a.id = t.asset_id
            """;
        using SqliteDataReader rows = command.ExecuteReader();
        List<Trade> trades = [];
        while (rows.Read())
        {
            decimal dollars = decimal.Parse(rows.GetString(5), CultureInfo.InvariantCulture);
            trades.Add(new Trade(rows.GetString(0), (ulong)rows.GetInt64(1), rows.GetString(2), rows.GetString(3), rows.GetString(4),
                (long)(dollars * Money.UnitsPerDollar), rows.GetInt64(6)));
        }

        return trades;
    }
}
