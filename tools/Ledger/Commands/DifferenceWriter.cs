using System.Globalization;
using System.Text;
using System.Text.Json;
using MarketMaker.Records;

namespace MarketMaker.Ledger.Commands;

/// <summary>Writes differences as they are found, and the counts at the end.</summary>
internal sealed class DifferenceWriter : IDisposable
{
    private readonly TextWriter _output;
    private readonly MemoryStream _bytes = new();
    private readonly Utf8JsonWriter? _json;

    public DifferenceWriter(TextWriter output, bool asJson)
    {
        _output = output;
        if (!asJson) return;
        _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Indented = true });
        _json.WriteStartObject();
        _json.WriteStartArray("differences");
    }

    public void Write(Difference difference)
    {
        string session = difference.Session.ToString();
        if (_json is null)
        {
            string match = session.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" session {session} match {difference.MatchNumber}");
            string id = difference.Id == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" id {difference.Id}");
            _output.WriteLine($"{Name(difference.Kind)}{id}{match}: {difference.Detail}");
            return;
        }

        _json.WriteStartObject();
        _json.WriteString("kind", Name(difference.Kind));
        if (difference.Id != 0) _json.WriteNumber("id", difference.Id);
        if (session.Length > 0) _json.WriteString("session", session);
        if (session.Length > 0) _json.WriteNumber("match", difference.MatchNumber);
        _json.WriteString("detail", difference.Detail);
        _json.WriteEndObject();
        // Passed on as it is made: there may be very many.
        _json.Flush();
        Pass();
    }

    public void End(ReconciliationInput input, ReconciliationResult result, TimeSpan elapsed)
    {
        if (_json is null)
        {
            string venue = input.VenueFiles.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"venue {result.Venue}, ");
            string journal = input.Journal is null ? "" : string.Create(CultureInfo.InvariantCulture, $"journal {result.Journal}, ");
            string database = input.Database is null ? "" : string.Create(CultureInfo.InvariantCulture, $"database {result.Database}, ");
            _output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{venue}{journal}{database}not shipped yet {result.NotShippedYet}, in the database alone by rights {result.InDatabaseAlone}, "
                + $"of sessions the venue's record does not cover {result.Uncovered}; differences {result.Differences}; {elapsed.TotalSeconds:F2} s"));
            return;
        }

        _json.WriteEndArray();
        if (input.VenueFiles.Count > 0) _json.WriteNumber("venue", result.Venue);
        if (input.Journal is not null) _json.WriteNumber("journal", result.Journal);
        if (input.Database is not null) _json.WriteNumber("database", result.Database);
        _json.WriteNumber("notShippedYet", result.NotShippedYet);
        _json.WriteNumber("inDatabaseAlone", result.InDatabaseAlone);
        _json.WriteNumber("uncovered", result.Uncovered);
        _json.WriteNumber("differenceCount", result.Differences);
        _json.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 3));
        _json.WriteEndObject();
        _json.Flush();
        Pass();
        _output.WriteLine();
    }

    public void Dispose() => _json?.Dispose();

    private static string Name(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Content => "content",
        DifferenceKind.NotInDatabase => "not-in-database",
        DifferenceKind.NotInJournal => "not-in-journal",
        DifferenceKind.NotInVenueRecord => "not-in-venue-record",
        DifferenceKind.NotBooked => "not-booked",
        DifferenceKind.Twice => "twice",
        DifferenceKind.Damaged => "damaged",
        _ => "venue-record-empty",
    };

    private void Pass()
    {
        _output.Write(Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length));
        _bytes.SetLength(0);
    }
}
