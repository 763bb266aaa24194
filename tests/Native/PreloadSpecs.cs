using System.Diagnostics;

namespace MarketMaker.Tests.Native;

/// <summary>Onload and VMA take the place of the C library's socket calls by LD_PRELOAD: what the engine calls must be found there first.</summary>
public sealed class PreloadSpecs
{
    // Each call says its name once, as the engine's own words would, and goes on to the C library.
    private const string Library = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdio.h>
        #include <sys/types.h>
        static void say(const char *name) { fprintf(stderr, "preloaded %s\n", name); }
        #define PRELOAD(type, name, signature, arguments) \
            type name signature { static type (*next) signature; if (!next) { next = (type (*) signature)dlsym(RTLD_NEXT, #name); say(#name); } return next arguments; }
        PRELOAD(int, socket, (int f, int t, int p), (f, t, p))
        PRELOAD(int, bind, (int s, const void *a, unsigned n), (s, a, n))
        PRELOAD(int, connect, (int s, const void *a, unsigned n), (s, a, n))
        PRELOAD(int, setsockopt, (int s, int l, int o, const void *v, unsigned n), (s, l, o, v, n))
        PRELOAD(int, recvmmsg, (int s, void *m, unsigned n, int f, void *t), (s, m, n, f, t))
        PRELOAD(ssize_t, recv, (int s, void *b, size_t n, int f), (s, b, n, f))
        PRELOAD(ssize_t, send, (int s, const void *b, size_t n, int f), (s, b, n, f))
        """;

    [SkippableFact]
    public void should_call_a_preloaded_library_for_every_socket_call_of_its_hot_path()
    {
        using TestNode node = new TestNode().Prepare();
        string source = node.PathOf("preload.c"), library = node.PathOf("preload.so");
        File.WriteAllText(source, Library);
        using (Process gcc = Process.Start("gcc", ["-shared", "-fPIC", "-o", library, source, "-ldl"]))
        {
            gcc.WaitForExit();
            Assert.Equal(0, gcc.ExitCode);
        }

        node.StartVenue("sim", "--tickers", "50", "--rate", "2000", "--paying", "0.1");
        using RunningProgram engine = RunningProgram.StartIn(new Dictionary<string, string> { ["LD_PRELOAD"] = library }, "marketmaker", "run", "--config", node.IniFile);
        foreach (string call in (ReadOnlySpan<string>)["socket", "bind", "connect", "setsockopt", "recvmmsg", "recv", "send"]) engine.WaitUntilItSays($"preloaded {call}");
        Assert.Equal(0, engine.Stop());
    }
}
