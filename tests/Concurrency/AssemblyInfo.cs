// These tests want both cores for themselves; several at once would only test the scheduler.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
