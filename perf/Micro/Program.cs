using BenchmarkDotNet.Running;

// dotnet run -c Release --project perf/Micro -- --filter '*ItchDecode*' --job short
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
