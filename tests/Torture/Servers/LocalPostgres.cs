using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MarketMaker.Tests.Torture.Check;
using MarketMaker.Tests.Torture.Processes;

namespace MarketMaker.Tests.Torture.Servers;

/// <summary>Debian's PostgreSQL on a free loopback port, in a folder of the run, as a user who is not root.</summary>
/// <remarks>Without fsync: here only its clients die. What the database's own death does is the cluster's part.</remarks>
internal sealed class LocalPostgres : LedgerServer
{
    private readonly string _folder;
    private readonly string _binaries;

    /// <exception cref="TortureFailedException">It is not installed, or does not start.</exception>
    public LocalPostgres(string folder)
    {
        const string Installed = "/usr/lib/postgresql";
        string version = (Directory.Exists(Installed) ? Directory.GetDirectories(Installed).Max() : null)
            ?? throw new TortureFailedException("PostgreSQL is not installed: apt-get install postgresql, or use --database sqlite");
        (_folder, _binaries) = (folder, Path.Combine(version, "bin"));
        Directory.CreateDirectory(folder);
        // The server's user makes its folders in it.
        File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        int port = FreePort();
        Execute($"{_binaries}/initdb -D {folder}/data -U ledger -A trust --no-sync --locale=C");
        Execute($"{_binaries}/pg_ctl -D {folder}/data -l {folder}/log -w -t 60 -o '-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=64MB' start");
        Shipper = new Account($"Host=127.0.0.1;Port={port};Username=ledger;Database=postgres;Timeout=5", "");
    }

    public override Account Shipper { get; }

    public override Ledger Open() => Ledger.Postgres(Shipper.Database, null);

    public override void Dispose() => Execute($"{_binaries}/pg_ctl -D {_folder}/data -m immediate stop");

    private void Execute(string command)
    {
        string prefix = Environment.UserName == "root" ? "runuser -u postgres -- " : "";
        string output = Path.Combine(_folder, "output");
        ProcessStartInfo start = new("setsid") { ArgumentList = { "sh", "-c", $"{prefix}{command} > {output} 2>&1 < /dev/null" }, WorkingDirectory = "/" };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new TortureFailedException($"PostgreSQL: {command} failed: {File.ReadAllText(output)}");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
