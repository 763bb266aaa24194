using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MarketMaker.Micro;

// ./build.sh bench decision-batches: the median of Decision over batches, against the fixed rule.
if (args.Contains("decision-batches"))
{
    DecisionBatches.Run();
    return;
}

// ./build.sh bench --filter '*ItchDecode*' [--job short]
// In this process: the projects that BenchmarkDotNet generates elsewhere do not find their way in this tree's artifacts layout.
Job job = args.Contains("short") ? Job.ShortRun : Job.Default;
IConfig config = DefaultConfig.Instance.AddJob(job.WithToolchain(InProcessEmitToolchain.Instance)).WithArtifactsPath("artifacts/bench");
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args.Where(argument => argument is not ("--job" or "short"))], config);
