using MarketMaker.Host.Configuration;
using Microsoft.Extensions.Logging;
using ZLogger;

namespace MarketMaker.Host.Doctor;

/// <summary>The doctor's look at the start of the engine, as strict as <c>[host] doctor</c> says.</summary>
internal sealed class HostCheck(EngineConfig config, ILogger logger)
{
    /// <summary>Looks, and logs what is not fine and the fingerprint.</summary>
    /// <exception cref="EngineStartException">The host may not trade; the message names the first line and its remedy.</exception>
    public void Run()
    {
        if (config.DoctorMode == "off") return;
        HostView host = new("/");
        IReadOnlyList<HostFinding> findings = HostDoctor.Examine(host, config.Host);
        foreach (HostFinding finding in findings.Where(finding => finding.Verdict != HostVerdict.Fine)) logger.ZLogWarning($"host: {finding.ToString()}");
        logger.ZLogInformation($"host: {HostDoctor.Fingerprint(host, findings)}");
        HostVerdict allowed = config.DoctorMode == "require" ? HostVerdict.Fine : HostVerdict.Worse;
        HostFinding[] refused = [.. findings.Where(finding => finding.Verdict > allowed)];
        if (refused.Length == 0) return;
        throw new EngineStartException($"this host is not fit to trade by [host] doctor = {config.DoctorMode}: {refused.Length} findings, the first: {refused[0]}; see 'marketmaker doctor'");
    }
}
