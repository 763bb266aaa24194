using System.Globalization;

namespace MarketMaker.Shipper.Database;

/// <summary>The database session that has a journal, as another session sees it.</summary>
/// <param name="ServerProcess">The server's process behind it.</param>
/// <param name="Role">The account it is logged in with.</param>
/// <param name="Application">What it calls itself.</param>
/// <param name="Since">When it connected; null when it is another account's, of which the server shows no more than the name.</param>
/// <param name="IsWaitingForStandby">Whether its commit waits for a standby, as far as the server shows it.</param>
/// <param name="BlockedBy">The server's process whose lock it waits for; 0: none.</param>
internal sealed record JournalHolder(int ServerProcess, string Role, string? Application, DateTime? Since, bool IsWaitingForStandby, int BlockedBy)
{
    /// <summary>Whether nobody ships over it any more: this shipper gave it up, or it is left over from a shipper of this host that has ended.</summary>
    public bool IsFormer => SessionName.Parse(Application) is { IsFormer: true };

    /// <summary>In few words, the same ones for as long as nothing changes.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Who} (server process {ServerProcess}{Connected}){What}");

    private string Who => SessionName.Parse(Application) switch
    {
        { IsFormer: true } former when former == SessionName.Mine => "a session that this shipper gave up",
        { IsFormer: true } former => $"a session left over from the shipper that was process {former.ProcessId}",
        { } other => $"another shipper, process {other.ProcessId} on {other.Host}, or what is left of its session,",
        null => $"a session of the account {Role}",
    };

    private string Connected => Since is { } since ? string.Create(CultureInfo.InvariantCulture, $", connected {since:yyyy-MM-dd HH:mm:ss}Z") : "";

    private string What => (IsWaitingForStandby, BlockedBy) switch
    {
        (true, _) => " waits with its commit for a standby, and the server has none that answers",
        (_, not 0) => string.Create(CultureInfo.InvariantCulture, $" waits for a lock of the server process {BlockedBy}"),
        _ => "",
    };
}
