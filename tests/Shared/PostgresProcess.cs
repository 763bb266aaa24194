using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MarketMaker.Tests.Shared;

/// <summary>Debian's PostgreSQL on a free loopback port, in a temporary folder, as a user who is not root; or the reason why not.</summary>
public sealed class PostgresProcess : IDisposable
{
    private readonly string _folder = "";
    private readonly string _binaries = "";
    private readonly string _settings;

    /// <param name="settings">More settings, each as <c>-c name=value</c>.</param>
    public PostgresProcess(string settings = "-c fsync=off")
    {
        _settings = settings;
        const string installed = "/usr/lib/postgresql";
        string? version = Directory.Exists(installed) ? Directory.GetDirectories(installed).Max() : null;
        if (version is null)
        {
            WhyNot = "PostgreSQL is not installed: apt-get install postgresql";
            return;
        }

        _binaries = Path.Combine(version, "bin");
        _folder = Directory.CreateTempSubdirectory("mm-postgres-").FullName;
        // 0777: the server's user makes its folders in it.
        if (OperatingSystem.IsLinux()) File.SetUnixFileMode(_folder, (UnixFileMode)0x1FF);
        Port = FreePort();
        WhyNot = Execute($"{_binaries}/initdb -D {_folder}/data -U ledger -A trust --no-sync --locale=C") ?? Start();
    }

    public int Port { get; }

    /// <summary>Why there is no server; null when there is.</summary>
    public string? WhyNot { get; }

    public string ConnectionString => ConnectionStringOf("ledger");

    public string ConnectionStringOf(string user) => $"Host=127.0.0.1;Port={Port};Username={user};Database=postgres;Timeout=5";

    public string? Start() => Execute(
        $"{_binaries}/pg_ctl -D {_folder}/data -l {_folder}/log -w -t 30 -o '-p {Port} -k {_folder} -c listen_addresses=127.0.0.1 -c shared_buffers=16MB {_settings}' start");

    public void Kill() => Execute($"{_binaries}/pg_ctl -D {_folder}/data -m immediate stop");

    public void Dispose()
    {
        if (_folder.Length == 0) return;
        Kill();
        Execute($"rm -rf {_folder}/data");
        Directory.Delete(_folder, recursive: true);
    }

    private string? Execute(string command)
    {
        // The server refuses to run as root.
        string[] prefix = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];
        string output = Path.Combine(_folder, "output");
        ProcessStartInfo start = new("/bin/sh") { WorkingDirectory = "/tmp" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"{string.Join(' ', prefix)} {command} > {output} 2>&1 < /dev/null");
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"PostgreSQL does not start: {command}: {File.ReadAllText(output)}";
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
