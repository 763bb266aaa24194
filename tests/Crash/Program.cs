using MarketMaker.Tests.Crash;
using MarketMaker.Tests.Crash.Cuts;
using MarketMaker.Tests.Crash.Flips;

// The processes that the tests of this project start: they are killed, or die of what they read, and the test counts it.
return args switch
{
    ["book", string folder, string marks, string seed, string commits] => Booking.Run(folder, marks, int.Parse(seed), int.Parse(commits)),
    ["look", string folder] => CutCheck.Run(folder),
    ["flip", string folder, string report, string from, string step] => FlipCheck.Run(folder, report, long.Parse(from), long.Parse(step)),
    ["last-id", string folder] => DeadWriterSpecs.PrintLastId(folder),
    _ => 2,
};
