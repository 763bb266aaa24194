// Whole programs trade here, on all the cores there are: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
