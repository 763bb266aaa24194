using MarketMaker.Venue;

return await VenueCommand.RunAsync(args);
