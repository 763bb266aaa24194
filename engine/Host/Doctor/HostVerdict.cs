namespace MarketMaker.Host.Doctor;

/// <summary>What a look at one property of the host came to.</summary>
internal enum HostVerdict
{
    /// <summary>As it should be, or not there to be set.</summary>
    Fine,

    /// <summary>The engine runs, and is slower or less even than it could be.</summary>
    Worse,

    /// <summary>The engine cannot do its work here, or not safely.</summary>
    Wrong,
}

/// <summary>One line of the doctor.</summary>
/// <param name="Check">The property's short name, as scripts and tests use it.</param>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Seen">What was read, in a sentence.</param>
/// <param name="Cost">What it is expected to cost; empty when fine or wrong.</param>
/// <param name="Remedy">The command that mends it; empty when fine.</param>
internal sealed record HostFinding(string Check, HostVerdict Verdict, string Seen, string Cost = "", string Remedy = "")
{
    public static HostFinding Fine(string check, string seen) => new(check, HostVerdict.Fine, seen);

    public static HostFinding Worse(string check, string seen, string cost, string remedy) => new(check, HostVerdict.Worse, seen, cost, remedy);

    public static HostFinding Wrong(string check, string seen, string remedy) => new(check, HostVerdict.Wrong, seen, "", remedy);

    /// <summary>The line as it is printed and logged.</summary>
    public override string ToString() => Verdict switch
    {
        HostVerdict.Fine => $"fine   {Check,-18} {Seen}",
        HostVerdict.Worse => $"worse  {Check,-18} {Seen}; expected cost: {Cost}; better: {Remedy}",
        _ => $"wrong  {Check,-18} {Seen}; mend it: {Remedy}",
    };
}
