using System.Data.Common;

namespace MarketMaker.Shipper.Database;

/// <summary>The database refuses what it will refuse the next time too, until a person sees to it.</summary>
internal sealed class RefusedException(string ledger, Refusal refusal, Exception cause)
    : DbException($"the database {ledger} refuses: {refusal.What}. {refusal.Remedy}", cause)
{
    public Refusal Refusal => refusal;
}

/// <summary>Why a database refuses.</summary>
/// <param name="What">In the database's own words.</param>
/// <param name="Remedy">What a person must do, as a sentence without its full stop.</param>
internal sealed record Refusal(string What, string Remedy);
